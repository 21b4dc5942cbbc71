import { identitySequence, relationOf } from '../../catalog/edit.ts';
import { isVisible, type Change, type ChangeOf, type Relation } from '../../model/effect.ts';
import { keyOf, type Key, type RelationKind } from '../../model/schema.ts';
import { isSerial, all, as, strings, typeRef, type Body, type Pg } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { resolve, resolveIndex, resolveType } from '../../catalog/resolve.ts';
import { addColumn, defaultOf, generatedBy, sequenceFor } from './columns.ts';
import { constraintOf, droppedBy, hostOf, type Host } from './constraints.ts';
import { inPasses } from './alter-table-passes.ts';
import { withoutInheritors } from './only.ts';
import { attachPartition, detachPartition } from './partitions.ts';
import { readAlterIndex, readAlterType } from './alter-others.ts';
import { ifExists } from './objects.ts';
import { optionsOf } from './options.ts';
import { calls } from './calls.ts';
import { tooWideAfter } from './too-wide.ts';
import { usingExpression } from './alter-type-using.ts';

interface Target {
  readonly relation: Relation;
  readonly host: Host;
  readonly only: boolean;
  readonly at: Reading;
}
type Command = (cmd: Body<'AlterTableCmd'>, target: Target) => readonly Change[];

const trigger =
  (enabled: boolean, unnamed: 'all' | 'user' = 'all'): Command =>
  ({ name }, { relation }) => [{ kind: 'enable-trigger', relation, trigger: name ?? unnamed, enabled }];
const rule =
  (enabled: boolean): Command =>
  ({ name }, { relation }) => [{ kind: 'enable-rule', relation, rule: name ?? '', enabled }];
const security =
  (enabled: boolean | null, forced: boolean | null): Command =>
  (_, { relation }) => [{ kind: 'set-row-security', relation, enabled, forced }];
const columnNote: Command = ({ name }, { relation }) => [
  { kind: 'set-column-statistics', relation, column: name ?? '' },
];
/** Never recurses (ATPrepCmd). */
const columnOptions: Command = ({ name }, { relation }) => [
  { kind: 'set-column-statistics', relation, column: name ?? '', only: true },
];
const storage =
  (what: 'storage' | 'compression'): Command =>
  ({ name }, { relation }) => [{ kind: 'set-column-storage', relation, column: name ?? '', what }];
/** It reaches partitions since 17, and inheritance children never. */
const identity = (
  { relation, at }: Target,
  what: Pick<ChangeOf<'set-identity'>, 'column' | 'to' | 'existed' | 'sequence'>,
): readonly Change[] => [
  {
    kind: 'set-identity',
    relation,
    ...what,
    ...(at.pg >= 17 && relation.kind === 'partitioned-table' ? {} : { only: true }),
  },
];
const persistence =
  (to: 'permanent' | 'unlogged'): Command =>
  (_, { relation, at }) => [{ kind: 'set-persistence', relation, to, sequences: at.pg >= 15 }];
const cascade = (cmd: Body<'AlterTableCmd'>): boolean => cmd.behavior === 'DROP_CASCADE';
/** Up to 17 a column of a partitioned table that is NOT NULL before the statement is so in the partitions (ATPrepSetNotNull). */
const isNotNullBelow = ({ relation, at }: Target, name: string): boolean =>
  at.pg < 18 &&
  relation.kind === 'partitioned-table' &&
  at.catalog.relations.get(keyOf(relation))?.columns.find(column => column.name === name)?.notNull === true;
const isPartition = ({ relation, at }: Target): boolean =>
  at.catalog.relations.get(keyOf(relation))?.partitionOf != null;
const columnKnown = ({ relation, at }: Target, name: string | undefined): boolean =>
  at.catalog.relations.get(keyOf(relation))?.columns.some(column => column.name === name) ?? false;

/** One line per subcommand (AlterTableType, parsenodes.h); one that is missing is opaque. */
const COMMANDS: Readonly<Partial<Record<Pg.AlterTableType, Command>>> = {
  AT_AddColumn: (cmd, target) => {
    const def = as(cmd.def, 'ColumnDef');
    if (!def) return [];
    // That it may not be added to a partition comes first (ATExecAddColumn).
    if (cmd.missing_ok && columnKnown(target, def.colname) && !isPartition(target))
      return [{ kind: 'set-options', relation: target.relation, options: STRONG_NOOP }];
    return addColumn(def, target.relation, target.host, target.only, target.at);
  },
  AT_DropColumn: (cmd, target) => {
    const table = target.at.catalog.relations.get(keyOf(target.relation));
    if (cmd.missing_ok && table?.complete && !columnKnown(target, cmd.name))
      return [{ kind: 'set-options', relation: target.relation, options: STRONG_NOOP }];
    return [{ kind: 'drop-column', relation: target.relation, column: cmd.name ?? '', cascade: cascade(cmd) }];
  },
  AT_ColumnDefault: (cmd, { relation, at }) => [
    { kind: 'set-default', relation, column: cmd.name ?? '', default: defaultOf(cmd.def, at) },
  ],
  AT_SetNotNull: ({ name = '' }, target) => [
    {
      kind: 'set-not-null',
      relation: target.relation,
      column: name,
      ...(isNotNullBelow(target, name) ? { only: true } : {}),
    },
  ],
  AT_DropNotNull: (cmd, { relation, at }) => [
    { kind: 'drop-not-null', relation, column: cmd.name ?? '', keepsOwn: at.pg >= 18 },
  ],
  AT_SetStatistics: columnNote,
  AT_SetOptions: columnOptions,
  AT_ResetOptions: columnOptions,
  AT_SetStorage: storage('storage'),
  AT_SetCompression: storage('compression'),
  AT_AddIdentity: (cmd, target) => {
    const def = as(cmd.def, 'Constraint');
    const column = cmd.name ?? '';
    const sequence = sequenceFor(target.host, column, target.at, def ?? 'identity');
    return identity(target, {
      column,
      to: def?.generated_when === 'a' ? 'always' : 'by default',
      existed: false,
      sequence,
    });
  },
  AT_SetIdentity: (cmd, target) => {
    const options = all(as(cmd.def, 'List')?.items, 'DefElem');
    const code = as(options.find(({ defname }) => defname === 'generated')?.arg, 'Integer')?.ival;
    const sequence = identitySequence(target.at.catalog, keyOf(target.relation), cmd.name ?? '');
    const restarted = sequence && options.some(({ defname }) => defname === 'restart') ? [relationOf(sequence)] : [];
    return [
      ...identity(target, {
        column: cmd.name ?? '',
        to: code === undefined ? 'same' : String.fromCharCode(code) === 'a' ? 'always' : 'by default',
        existed: true,
        sequence: null,
      }),
      ...restarted.filter(isVisible).map(relation => ({ kind: 'reset-sequence', relation }) as const),
    ];
  },
  AT_DropIdentity: (cmd, target) =>
    identity(target, { column: cmd.name ?? '', to: null, existed: true, sequence: null }),
  AT_SetExpression: (cmd, { relation, at }) => [
    { kind: 'set-expression', relation, column: cmd.name ?? '', to: generatedBy(cmd.def, at) },
  ],
  AT_DropExpression: (cmd, { relation }) => [{ kind: 'set-expression', relation, column: cmd.name ?? '', to: null }],
  AT_AlterColumnType: (cmd, { relation, at }) => {
    const def = as(cmd.def, 'ColumnDef');
    const name = cmd.name ?? '';
    const from = at.catalog.relations.get(keyOf(relation))?.columns.find(column => column.name === name) ?? null;
    return [
      ...calls(def?.raw_default, at, 'only if there are rows to convert'),
      {
        kind: 'retype-column',
        relation,
        column: name,
        from,
        // It is spelled so for a new column alone.
        to: isSerial(def?.typeName)
          ? { schema: 'pg_catalog', name: strings(def?.typeName?.names)[0] ?? '', mods: [], array: false }
          : resolveType(typeRef(def?.typeName), at.catalog),
        collation: strings(def?.collClause?.collname).at(-1) ?? null,
        ...(def?.raw_default ? usingExpression(def.raw_default, name, at) : { using: 'none' }),
      },
    ];
  },
  AT_AddConstraint: (cmd, { relation, host, at }) => {
    const written = as(cmd.def, 'Constraint');
    const constraint = written ? constraintOf(written, host, at.catalog) : null;
    return constraint ? [{ kind: 'add-constraint', relation, constraint, inline: false }] : [];
  },
  AT_ValidateConstraint: (cmd, { relation }) => [{ kind: 'validate-constraint', relation, constraint: cmd.name ?? '' }],
  AT_DropConstraint: (cmd, { relation }) => [
    { kind: 'drop-constraint', relation, constraint: cmd.name ?? '', cascade: cascade(cmd) },
  ],
  AT_AlterConstraint: (cmd, { relation }) => {
    const def = as(cmd.def, 'ATAlterConstraint');
    return [
      {
        kind: 'alter-constraint',
        relation,
        constraint: def?.conname ?? '',
        enforced: def?.alterEnforceability ? (def.is_enforced ?? false) : null,
        deferrable: def?.alterDeferrability ? (def.deferrable ?? false) : null,
      },
    ];
  },
  AT_ChangeOwner: (cmd, { relation }) => [{ kind: 'set-owner', relation, to: cmd.newowner?.rolename ?? '' }],
  AT_ClusterOn: (cmd, { relation }) => [{ kind: 'set-cluster-index', relation, index: cmd.name ?? '' }],
  AT_DropCluster: (_, { relation }) => [{ kind: 'set-cluster-index', relation, index: null }],
  AT_SetLogged: persistence('permanent'),
  AT_SetUnLogged: persistence('unlogged'),
  AT_SetAccessMethod: (cmd, { relation }) => [{ kind: 'set-access-method', relation, to: cmd.name ?? 'heap' }],
  AT_SetTableSpace: (cmd, { relation }) => [{ kind: 'set-tablespace', relation, to: cmd.name ?? '' }],
  AT_SetRelOptions: (cmd, { relation }) => [{ kind: 'set-options', relation, options: optionsOf(cmd.def, true) }],
  AT_ResetRelOptions: (cmd, { relation }) => [{ kind: 'set-options', relation, options: optionsOf(cmd.def, false) }],
  AT_EnableTrig: trigger(true),
  AT_EnableAlwaysTrig: trigger(true),
  AT_EnableReplicaTrig: trigger(true),
  AT_DisableTrig: trigger(false),
  AT_EnableTrigAll: trigger(true),
  AT_DisableTrigAll: trigger(false),
  AT_EnableTrigUser: trigger(true, 'user'),
  AT_DisableTrigUser: trigger(false, 'user'),
  AT_EnableRule: rule(true),
  AT_EnableAlwaysRule: rule(true),
  AT_EnableReplicaRule: rule(true),
  AT_DisableRule: rule(false),
  AT_AddInherit: (cmd, { relation, at }) => [
    { kind: 'inherit', relation, parent: resolve(as(cmd.def, 'RangeVar'), at.catalog), on: true },
  ],
  AT_DropInherit: (cmd, { relation, at }) => [
    { kind: 'inherit', relation, parent: resolve(as(cmd.def, 'RangeVar'), at.catalog), on: false },
  ],
  AT_AddOf: (cmd, { relation, at }) => {
    const type = resolveType(typeRef(as(cmd.def, 'TypeName')), at.catalog);
    return [{ kind: 'set-of-type', relation, type: keyOf(type) }];
  },
  AT_DropOf: (_, { relation }) => [{ kind: 'set-of-type', relation, type: null }],
  AT_ReplicaIdentity: (cmd, { relation }) => [
    {
      kind: 'set-replica-identity',
      relation,
      index: as(cmd.def, 'ReplicaIdentityStmt')?.name ?? null,
      identifies: ['f', 'i'].includes(as(cmd.def, 'ReplicaIdentityStmt')?.identity_type ?? ''),
    },
  ],
  AT_EnableRowSecurity: security(true, null),
  AT_DisableRowSecurity: security(false, null),
  AT_ForceRowSecurity: security(null, true),
  AT_NoForceRowSecurity: security(null, false),
  AT_GenericOptions: (_, { relation }) => [{ kind: 'set-options', relation, options: STRONG_NOOP }],
  AT_AlterColumnGenericOptions: (_, { relation }) => [{ kind: 'set-options', relation, options: STRONG_NOOP }],
  AT_DropOids: (_, { relation }) => [{ kind: 'set-options', relation, options: STRONG_NOOP }],
  AT_AttachPartition: (cmd, { relation, at }) => [
    ...calls(as(cmd.def, 'PartitionCmd')?.bound, at),
    attachPartition(as(cmd.def, 'PartitionCmd'), relation, at),
  ],
  AT_DetachPartition: (cmd, { relation, at }) => [detachPartition(as(cmd.def, 'PartitionCmd'), relation, at)],
  AT_DetachPartitionFinalize: (cmd, { relation, at }) => [
    { ...detachPartition(as(cmd.def, 'PartitionCmd'), relation, at), finalize: true },
  ],
};

/** An option that needs ACCESS EXCLUSIVE and changes nothing: IF [NOT] EXISTS that finds nothing to do takes the lock all the same. */
const STRONG_NOOP = { user_catalog_table: null } as const;

const KINDS: Readonly<Partial<Record<Pg.ObjectType, RelationKind>>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'foreign-table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized-view',
  OBJECT_SEQUENCE: 'sequence',
};

/** A default of a view's column is evaluated for a row that is inserted through it. */
function viewDefault({ subtype, def }: Pg.AlterTableCmd, at: Reading): { runs?: readonly Key[] } {
  const { calls = [], runs = [] } = (subtype === 'AT_ColumnDefault' ? defaultOf(def, at) : null) ?? {};
  return calls.length + runs.length > 0 ? { runs: [...calls, ...runs] } : {};
}

/** They cost the same on a view as on a table. */
const OF_OPTIONS: ReadonlySet<Pg.AlterTableType | undefined> = new Set(['AT_SetRelOptions', 'AT_ResetRelOptions']);

function readAlterTable(s: Pg.AlterTableStmt, at: Reading): readonly Change[] | null {
  const kind = KINDS[s.objtype ?? 'OBJECT_TABLE'];
  if (!kind) return null;
  const index = resolveIndex({ schema: s.relation?.schemaname ?? null, name: s.relation?.relname ?? '' }, at.catalog);
  const relation = resolve(s.relation, at.catalog, kind);
  const wide = tooWideAfter(s.cmds ?? [], relation, at);
  if (wide) return [wide];
  if (
    s.missing_ok &&
    !at.catalog.relations.has(keyOf(relation)) &&
    at.catalog.partial.length === 0 &&
    relation.age !== 'unknown' &&
    index === null &&
    at.catalog.relations.size > 0 &&
    at.catalog.dropped?.has(keyOf(relation)) !== false
  )
    return [];
  const dropped = droppedBy(all(s.cmds, 'AlterTableCmd'), relation, at.catalog);
  const target: Target = { relation, host: hostOf(relation, at.catalog, dropped), only: s.relation?.inh !== true, at };
  const changes = all(s.cmds, 'AlterTableCmd').flatMap((cmd): readonly Change[] => {
    const command = COMMANDS[cmd.subtype ?? 'AT_AddColumn'];
    if (!command)
      return [
        { kind: 'opaque', because: `the ALTER TABLE subcommand ${cmd.subtype ?? ''} is not supported`, dynamic: false },
      ];
    if (relation.kind === 'view' && !OF_OPTIONS.has(cmd.subtype))
      return [{ kind: 'alter-view', relation, what: cmd.subtype ?? '', ...viewDefault(cmd, at) }];
    return command(cmd, target).map(change => ({
      ...(target.only ? withoutInheritors(change) : change),
      ...(cmd.missing_ok ? { lenient: true } : {}),
    }));
  });
  const unseen = index === null && !at.catalog.relations.has(keyOf(relation));
  return inPasses(s.missing_ok && unseen ? changes.map(ifExists) : changes);
}

export const alterTable: Pick<Readers, 'AlterTableStmt'> = {
  AlterTableStmt: (s, at) => {
    if (s.objtype === 'OBJECT_INDEX') return readAlterIndex(s, at);
    if (s.objtype === 'OBJECT_TYPE') return readAlterType(s, at);
    return readAlterTable(s, at) ?? [{ kind: 'opaque', because: `ALTER ${s.objtype ?? ''}`, dynamic: false }];
  },
};
