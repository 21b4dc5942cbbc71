import type { Change } from '../../model/effect.ts';
import { all, as, columnsIn, constant, dotted, strings, type Pg, type Tag } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, resolve, resolveIndex, resolveName } from '../../catalog/resolve.ts';
import { access } from './access.ts';
import { functionCalls } from './function-dependencies.ts';
import { statisticsName } from './constraints.ts';
import { optionsOn } from './options.ts';
import { replicating } from './replication.ts';
import { supporting } from './supporting.ts';

const note = (relation: Change & { kind: 'note-relation' }): Change => relation;

function comment(objtype: Pg.ObjectType | undefined, object: Pg.Node | undefined, at: Reading): Change[] {
  const what = 'comment' as const;
  const mode = 'SHARE UPDATE EXCLUSIVE' as const;
  const parts = strings(as(object, 'List')?.items);
  const at_ = (drop: number): { schema: string | null; name: string } => {
    const remaining = drop === 0 ? parts : parts.slice(0, -drop);
    return { schema: remaining.at(-2) ?? null, name: remaining.at(-1) ?? '' };
  };
  switch (objtype) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_FOREIGN_TABLE':
      return [note({ kind: 'note-relation', relation: resolveName(at_(0), at.catalog), what, mode, name: null })];
    case 'OBJECT_COLUMN':
      return [note({ kind: 'note-relation', relation: resolveName(at_(1), at.catalog), what, mode, name: null })];
    case 'OBJECT_TABCONSTRAINT':
      return [
        note({
          kind: 'note-relation',
          relation: resolveName(at_(1), at.catalog),
          what,
          mode: 'ACCESS SHARE',
          name: null,
        }),
      ];
    case 'OBJECT_INDEX': {
      const table = resolveIndex(at_(0), at.catalog);
      return table
        ? [{ kind: 'inert', statement: 'COMMENT ON INDEX', alone: false }]
        : [{ kind: 'inert', statement: 'COMMENT', alone: false }];
    }
    default:
      return [{ kind: 'inert', statement: 'COMMENT', alone: false }];
  }
}

function vacuum(s: Pg.VacuumStmt, at: Reading): Change[] {
  const options = optionsOn(s.options);
  const full = options.has('full');
  const relations = all(s.rels, 'VacuumRelation');
  if (relations.length === 0)
    return [{ kind: 'maintain-database', what: s.is_vacuumcmd ? (full ? 'vacuum-full' : 'vacuum') : 'analyze' }];
  return relations.map(({ relation }): Change => {
    const table = resolve(relation, at.catalog);
    return s.is_vacuumcmd
      ? { kind: 'vacuum', relation: table, full, analyze: options.has('analyze') }
      : { kind: 'analyze', relation: table };
  });
}

/** Statements that touch no relation of ours, and whether a transaction block refuses them (measured, 12–18). */
const INERT = {
  CreatedbStmt: ['CREATE DATABASE', true],
  AlterDatabaseRefreshCollStmt: ['ALTER DATABASE REFRESH COLLATION VERSION', false],
  CreateTableSpaceStmt: ['CREATE TABLESPACE', true],
  DropTableSpaceStmt: ['DROP TABLESPACE', true],
  AlterTableSpaceOptionsStmt: ['ALTER TABLESPACE', false],
  CreateOpFamilyStmt: ['CREATE OPERATOR FAMILY', false],
  AlterOperatorStmt: ['ALTER OPERATOR', false],
  CreateConversionStmt: ['CREATE CONVERSION', false],
  CreateTransformStmt: ['CREATE TRANSFORM', false],
  CreateAmStmt: ['CREATE ACCESS METHOD', false],
  AlterFdwStmt: ['ALTER FOREIGN DATA WRAPPER', false],
  AlterForeignServerStmt: ['ALTER SERVER', false],
  AlterUserMappingStmt: ['ALTER USER MAPPING', false],
  DropUserMappingStmt: ['DROP USER MAPPING', false],
  AlterTSDictionaryStmt: ['ALTER TEXT SEARCH DICTIONARY', false],
  AlterTSConfigurationStmt: ['ALTER TEXT SEARCH CONFIGURATION', false],
  AlterCollationStmt: ['ALTER COLLATION', false],
  AlterExtensionStmt: ['ALTER EXTENSION', false],
  AlterExtensionContentsStmt: ['ALTER EXTENSION', false],
  AlterStatsStmt: ['ALTER STATISTICS', false],
  SecLabelStmt: ['SECURITY LABEL', false],
} as const satisfies Readonly<Partial<Record<Tag, readonly [string, boolean]>>>;

const inert = Object.fromEntries(
  Object.entries(INERT).map(([tag, [statement, noTransactionBlock]]) => [
    tag,
    (): Change[] => [{ kind: 'inert', statement, alone: noTransactionBlock }],
  ]),
) as Readers;

const extensionSchema = (options: Pg.CreateExtensionStmt['options']): string | null =>
  constant(all(options, 'DefElem').find(({ defname }) => defname === 'schema')?.arg);

export const server: Readers = {
  ...inert,
  ...access,
  ...supporting,
  ...replicating,
  CreateExtensionStmt: (s, { catalog }) =>
    s.if_not_exists && catalog.extensions.has(s.extname ?? '')
      ? []
      : [
          {
            kind: 'create-extension',
            extension: s.extname ?? '',
            schema: extensionSchema(s.options) ?? creationSchema(catalog),
          },
        ],
  AlterDatabaseStmt: s => [
    {
      kind: 'inert',
      statement: 'ALTER DATABASE',
      alone: all(s.options, 'DefElem').some(({ defname }) => defname === 'tablespace'),
    },
    ...all(s.options, 'DefElem')
      .filter(({ defname }) => defname === 'allow_connections' || defname === 'connection_limit')
      .map(({ defname = '' }): Change => {
        return { kind: 'change-access', takes: true, what: `${defname} of the database ${s.dbname ?? ''} changes` };
      }),
  ],
  DropdbStmt: s => [{ kind: 'drop-database', name: s.dbname ?? '' }],
  CommentStmt: (s, at) => comment(s.objtype, s.object, at),
  VacuumStmt: vacuum,
  ClusterStmt: (s, { catalog }) =>
    s.relation
      ? [{ kind: 'cluster', relation: resolve(s.relation, catalog) }]
      : [{ kind: 'maintain-database', what: 'cluster' }],
  CreateStatsStmt: (s, { catalog }) => {
    const elements = all(s.exprs, 'StatsElem');
    const columns = elements.flatMap(({ name, expr }) => (name === undefined ? columnsIn(expr) : [name]));
    return all(s.relations, 'RangeVar').map(range => {
      const relation = resolve(range, catalog);
      const written = s.defnames?.[0] ? dotted({ List: { items: s.defnames } }).name : null;
      const called = elements.map(({ name }) => name ?? 'expr');
      return {
        kind: 'note-relation',
        relation,
        what: 'statistics',
        mode: 'SHARE UPDATE EXCLUSIVE',
        name: written ?? statisticsName(relation, called, catalog),
        columns,
        ...functionCalls(s.exprs, catalog),
      };
    });
  },
  ImportForeignSchemaStmt: () => [
    {
      kind: 'opaque',
      because: 'IMPORT FOREIGN SCHEMA creates tables that the migration does not name',
      dynamic: false,
    },
  ],
  DropOwnedStmt: () => [
    {
      kind: 'opaque',
      because: 'DROP OWNED drops everything that the role owns, which the migration does not name',
      dynamic: false,
    },
  ],
  ReassignOwnedStmt: () => [
    {
      kind: 'opaque',
      because: 'REASSIGN OWNED locks everything that the role owns, which the migration does not name',
      dynamic: false,
    },
  ],
  AlterTableMoveAllStmt: () => [
    {
      kind: 'opaque',
      because: 'ALTER … ALL IN TABLESPACE moves tables that the migration does not name',
      dynamic: false,
    },
  ],
};
