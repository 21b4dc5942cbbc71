import { bare } from '../../model/bare.ts';
import type { Catalog, Constraint, Reaction, Table } from '../../model/schema.ts';
import { keyOf } from '../../model/schema.ts';
import { all, as, columnsIn, strings, type Pg } from '../../sql/nodes.ts';
import { resolve } from '../../catalog/resolve.ts';
import { functionCalls } from './function-dependencies.ts';
import { indexSupport, withSupport } from './operator-classes.ts';
import { comparing, conjuncts, provesNotNull } from './conjuncts.ts';
import { ofOperator } from './uses.ts';
import { chooseName, indexColumnNames } from '../../model/object-names.ts';

const TYPES: Readonly<Partial<Record<Pg.ConstrType, Constraint['type']>>> = {
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_EXCLUSION: 'exclude',
  CONSTR_NOTNULL: 'not-null',
};

const LABELS = {
  check: 'check',
  'foreign-key': 'fkey',
  unique: 'key',
  'primary-key': 'pkey',
  exclude: 'excl',
  'not-null': 'not_null',
} as const;

const ACTIONS: Readonly<Record<string, Reaction>> = bare({
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
});

/** What a constraint is written on: the table as far as it is known, with what the statement has added already. */
export interface Host {
  readonly schema: string;
  readonly name: string;
  readonly table: Table | undefined;
  readonly persistence: Table['persistence'];
  readonly usedNames: Set<string>;
  /** Constraints and sequences that the same ALTER TABLE drops; it does so first (AT_PASS_DROP), whatever the order written. */
  readonly dropped: ReadonlySet<string>;
}

export const hostOf = (
  relation: { schema: string; name: string },
  catalog: Catalog,
  dropped: readonly string[] = [],
): Host => ({
  schema: relation.schema,
  name: relation.name,
  table: catalog.relations.get(keyOf(relation)),
  persistence: catalog.relations.get(keyOf(relation))?.persistence ?? 'permanent',
  usedNames: new Set(),
  dropped: new Set(dropped),
});

const DROPS: ReadonlySet<Pg.AlterTableType | undefined> = new Set([
  'AT_DropColumn',
  'AT_DropIdentity',
  'AT_DropConstraint',
]);

/** Constraints and sequences that the commands drop: by name, or with a column of theirs. */
export function droppedBy(
  commands: readonly Pg.AlterTableCmd[],
  relation: { schema: string; name: string },
  catalog: Catalog,
): string[] {
  const targetsOf = (...subtypes: Pg.AlterTableType[]): Set<string> =>
    new Set(
      commands.flatMap(({ subtype, name }) => (subtypes.includes(subtype ?? 'AT_AddColumn') ? (name ?? '') : [])),
    );
  if (!commands.some(({ subtype }) => DROPS.has(subtype))) return [];
  const key = keyOf(relation);
  const columns = targetsOf('AT_DropColumn');
  const droppedConstraints = (catalog.relations.get(key)?.constraints ?? []).filter(constraint =>
    constraint.columns.some(column => columns.has(column)),
  );
  const owners = targetsOf('AT_DropColumn', 'AT_DropIdentity');
  const sequences =
    owners.size === 0
      ? []
      : catalog.relations.values().filter(({ ownedBy }) => ownedBy?.table === key && owners.has(ownedBy.column));
  return [...targetsOf('AT_DropConstraint'), ...[...droppedConstraints, ...sequences].map(({ name }) => name)];
}

/** Null for what Postgres keeps elsewhere: DEFAULT, NULL, GENERATED, attributes such as DEFERRABLE. */
export function constraintOf(
  c: Pg.Constraint,
  host: Host,
  catalog: Catalog,
  onColumn: string | null = null,
): Constraint | null {
  const type = TYPES[c.contype ?? 'CONSTR_NULL'];
  if (!type) return null;
  const columns = columnsOf(c, type, onColumn, host.table);
  const name = c.conname ?? nameFor(c, type, columns, host, catalog);
  host.usedNames.add(name);
  return {
    name,
    type,
    columns,
    named: c.conname !== undefined,
    valid: c.skip_validation !== true,
    enforced: c.is_enforced === true || (type !== 'check' && type !== 'foreign-key'),
    deferrable: c.deferrable ?? false,
    ...(c.initdeferred ? { deferred: true as const } : {}),
    noInherit: c.is_no_inherit ?? false,
    usingIndex: c.indexname ?? null,
    references: type === 'foreign-key' ? referencesOf(c, catalog) : null,
    provesNotNull: type === 'check' ? provesNotNull(c.raw_expr) : type === 'not-null' ? columns : [],
    ...(c.access_method === undefined ? {} : { method: c.access_method }),
    ...(c.where_clause ? { partial: true } : {}),
    ...(type === 'check'
      ? { conjuncts: conjuncts(c.raw_expr), ...comparing(c.raw_expr), ...functionCalls(c.raw_expr, catalog) }
      : {}),
    ...(type === 'exclude' ? excluding(c, host, catalog) : {}),
    ...((type === 'unique' || type === 'primary-key') && c.indexname === undefined
      ? withSupport(
          {},
          indexSupport(
            columns.map(column => ({ name: column })),
            host.table,
            catalog,
          ),
        )
      : {}),
  };
}

/** An exclusion calls the functions of its expressions and predicate, and those behind its operators. */
function excluding(
  { exclusions, where_clause }: Pg.Constraint,
  { table }: Host,
  catalog: Catalog,
): ReturnType<typeof functionCalls> {
  const pairs = all(exclusions, 'List');
  const operators = pairs.flatMap(({ items }) => strings(as(items?.[1], 'List')?.items).slice(-1));
  const elements = pairs.flatMap(({ items }) => all(items, 'IndexElem'));
  return withSupport(functionCalls([exclusions, where_clause], catalog), [
    ...operators.flatMap(name => catalog.support.get(ofOperator(name)) ?? []),
    ...indexSupport(elements, table, catalog),
  ]);
}

function columnsOf(
  c: Pg.Constraint,
  type: Constraint['type'],
  onColumn: string | null,
  table: Table | undefined,
): string[] {
  if (type === 'check') return columnsIn(c.raw_expr);
  if (onColumn !== null) return [onColumn];
  if (type === 'exclude')
    return all(c.exclusions, 'List').flatMap(pair => all(pair.items, 'IndexElem').map(e => e.name ?? ''));
  if (c.indexname) {
    const index = table?.indexes.find(existing => existing.name === c.indexname);
    return index?.columns.flatMap(column => column ?? []) ?? [];
  }
  return strings([...(c.keys ?? []), ...(c.fk_attrs ?? [])]);
}

/** ChooseConstraintName: a check that reads one column is named for it; a key that takes over an index keeps its name. */
function nameFor(
  c: Pg.Constraint,
  type: Constraint['type'],
  columns: readonly string[],
  host: Host,
  catalog: Catalog,
): string {
  if (c.indexname) return c.indexname;
  const parts =
    type === 'primary-key'
      ? []
      : type === 'check'
        ? columns.length === 1
          ? columns
          : []
        : indexColumnNames(columns.map(name => (name === '' ? null : name)));
  const backed = type === 'unique' || type === 'primary-key' || type === 'exclude';
  return chooseName(host.name, parts, LABELS[type], name => {
    if (host.usedNames.has(name)) return true;
    if (host.dropped.has(name)) return false;
    return constraintExists(name, host.schema, catalog) || (backed && relationExists(name, host.schema, catalog));
  });
}

/** ConstraintNameExists: of any table in the schema. */
const constraintExists = (name: string, schema: string, catalog: Catalog): boolean =>
  catalog.relations.knows(keyOf({ schema, name }), constraintKeys);

const constraintKeys = ({ schema, constraints }: Table): string[] =>
  constraints.map(({ name }) => keyOf({ schema, name }));

/** ChooseExtendedStatisticName: none of the schema has it. */
export const statisticsName = (
  { schema, name: table }: { readonly schema: string; readonly name: string },
  columns: readonly string[],
  catalog: Catalog,
  usedNames: ReadonlySet<string> = new Set(),
): string =>
  chooseName(
    table,
    columns,
    'stat',
    name =>
      usedNames.has(name) ||
      catalog.relations.values().some(other => other.schema === schema && other.statistics.some(s => s.name === name)),
  );

/** What ChooseRelationName avoids. */
export const relationExists = (name: string, schema: string, catalog: Catalog): boolean =>
  catalog.relations.has(keyOf({ schema, name })) || catalog.indexes.has(keyOf({ schema, name }));

/**
 * Keys on the same columns are one: a UNIQUE that repeats the primary key gives way, and leaves it its name when it has
 * one and the other has none (transformIndexConstraints).
 */
export function foldKeys(constraints: readonly Constraint[]): Constraint[] {
  const folded: Constraint[] = [];
  const isKey = ({ type }: Constraint): boolean => type === 'unique' || type === 'primary-key';
  const ordered = [...constraints].sort((a, b) => Number(b.type === 'primary-key') - Number(a.type === 'primary-key'));
  for (const constraint of ordered) {
    const twin = folded.findIndex(
      other =>
        isKey(other) &&
        isKey(constraint) &&
        String(other.columns) === String(constraint.columns) &&
        other.deferrable === constraint.deferrable,
    );
    const first = folded[twin];
    if (!first) folded.push(constraint);
    else if (!first.named && constraint.named) folded[twin] = { ...first, name: constraint.name, named: true };
  }
  return folded;
}

function referencesOf(c: Pg.Constraint, catalog: Catalog): Constraint['references'] {
  const target = resolve(c.pktable, catalog);
  const written = strings(c.pk_attrs);
  const primary = catalog.relations.get(keyOf(target))?.constraints.find(existing => existing.type === 'primary-key');
  return {
    schema: target.schema,
    name: target.name,
    columns: written.length > 0 ? written : (primary?.columns ?? []),
    onDelete: ACTIONS[c.fk_del_action ?? 'a'] ?? 'no action',
    onUpdate: ACTIONS[c.fk_upd_action ?? 'a'] ?? 'no action',
  };
}
