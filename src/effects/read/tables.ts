import { bare } from '../../model/bare.ts';
import { unknownRelation } from '../../catalog/edit.ts';
import { LOCK_MODES } from '../../model/lock.ts';
import type { Change, Relation } from '../../model/effect.ts';
import { keyOf, type Column, type Constraint, type Statistics, type Table } from '../../model/schema.ts';
import type { Node } from '../../model/source.ts';
import { all, as, strings, typeRef, type Pg, type RangeVar, type Tree } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, exists, resolve, resolveType } from '../../catalog/resolve.ts';
import { functionCalls } from './function-dependencies.ts';
import { calls } from './calls.ts';
import { columnOf, sequenceFor } from './columns.ts';
import { constraintOf, foldKeys, hostOf } from './constraints.ts';
import { includes, likeChecks, likeColumns, likeIndexes, likeStatistics } from './like.ts';
import { statementInBody } from './statement-in-body.ts';
import { boundOf, partitioningOf } from './partitions.ts';
import { readsOf } from './reads.ts';
import { targetList } from './target-list.ts';

const PERSISTENCE: Readonly<Record<string, Table['persistence']>> = bare({
  p: 'permanent',
  u: 'unlogged',
  t: 'temporary',
});

/** A relation about to be created: temporary ones live in pg_temp, the others in the first schema of the search path. */
export function created(range: RangeVar | undefined, kind: Relation['kind'], { catalog }: Reading): Relation {
  const schema = range?.relpersistence === 't' ? 'pg_temp' : (range?.schemaname ?? creationSchema(catalog));
  return {
    schema: schema.startsWith('pg_temp') ? 'pg_temp' : schema,
    name: range?.relname ?? '',
    kind,
    age: 'this-transaction',
  };
}

function createTable(s: Pg.CreateStmt, at: Reading, kind: 'table' | 'foreign-table'): Change[] {
  const partitioning = partitioningOf(s.partspec, at.catalog);
  const relation = created(s.relation, partitioning ? 'partitioned-table' : kind, at);
  if (s.if_not_exists && exists(relation, at)) return [];
  const persistence = PERSISTENCE[s.relation?.relpersistence ?? 'p'] ?? 'permanent';
  const host = { ...hostOf(relation, at.catalog), persistence };
  const columns: Column[] = [];
  const constraints: Constraint[] = [];
  const sequences: Table[] = [];
  const like: Relation[] = [];
  const indexed: Table[] = [];
  const statistics: Statistics[] = [];
  for (const element of s.tableElts ?? []) {
    const def = as(element, 'ColumnDef');
    if (def) {
      const read = columnOf(def, host, at);
      columns.push(read.column);
      constraints.push(...read.constraints);
      if (read.sequence) sequences.push(read.sequence);
    }
    const source = as(element, 'TableLikeClause');
    if (source) {
      const from = resolve(source.relation, at.catalog);
      like.push(from);
      const model = at.catalog.relations.get(keyOf(from));
      if (!model) continue;
      if (includes(source.options, 'constraints')) constraints.push(...likeChecks(model));
      if (includes(source.options, 'statistics')) statistics.push(...likeStatistics(model, host, at));
      if (includes(source.options, 'indexes')) indexed.push(model);
      for (const column of likeColumns(model, source.options)) {
        columns.push(column);
        if (column.identity !== null) sequences.push(sequenceFor(host, column.name, at, 'identity'));
      }
    }
    const written = as(element, 'Constraint');
    const constraint = written && constraintOf(written, host, at.catalog);
    // NOT VALID is left out where the table is made (transformCheckConstraints, transformFKConstraints; measured on 13 and 18).
    if (constraint)
      constraints.push(kind === 'foreign-table' ? constraint : { ...constraint, valid: constraint.enforced });
  }
  const names = columns.map(({ name }) => name);
  const first = new Map(names.map((name, nth) => [name, nth] as const).reverse());
  const repeated = names.find((name, nth) => first.get(name) !== nth);
  const copies = indexed.map(model => likeIndexes(model, host, at));
  const keys = copies.flatMap(copy => copy.constraints);
  const parents = all(s.inhRelations, 'RangeVar').map(range => resolve(range, at.catalog));
  const [parent] = parents;
  const bound = s.partbound && parent;
  const models = parents.flatMap(p => at.catalog.relations.get(keyOf(p)) ?? []);
  const primary = [...constraints, ...keys].find(constraint => constraint.type === 'primary-key');
  const notNull = new Set([
    ...(primary?.columns ?? []),
    ...constraints.flatMap(c => (c.type === 'not-null' ? c.columns : [])),
  ]);
  const table: Table = {
    ...unknownRelation(relation),
    persistence,
    complete: !s.ofTypename && parents.every(p => at.catalog.relations.get(keyOf(p))?.complete ?? false),
    columns: withInherited(models, columns, Boolean(bound) && at.pg >= 17).map(column =>
      notNull.has(column.name) ? { ...column, notNull: true } : column,
    ),
    constraints: withChecks(
      models,
      [...foldKeys(constraints.filter(constraint => constraint.type !== 'not-null')), ...keys].map(constraint =>
        toItself(constraint, relation, primary),
      ),
    ),
    indexes: copies.flatMap(copy => copy.indexes),
    statistics,
    partitioning,
    partitionOf: bound
      ? {
          parent: keyOf(parent),
          bound: boundOf(s.partbound, at.catalog.relations.get(keyOf(parent))?.partitioning ?? null),
        }
      : null,
    inherits: bound ? [] : parents.map(keyOf),
    ofType: s.ofTypename ? keyOf(resolveType(typeRef(s.ofTypename), at.catalog)) : null,
    accessMethod: s.accessMethod ?? null,
    tablespace: s.tablespacename ?? null,
    ...(s.oncommit === 'ONCOMMIT_DROP' ? { dropsOnCommit: true } : {}),
  };
  return [
    {
      kind: 'create-table',
      relation,
      table,
      like,
      reads: [],
      filled: false,
      ...(repeated === undefined ? {} : { repeated }),
    },
    ...calls(s.partbound, at),
    ...sequences.map(sequence => ({
      kind: 'create-sequence' as const,
      relation: { schema: sequence.schema, name: sequence.name, kind: sequence.kind, age: sequence.age },
      sequence,
    })),
  ];
}

/** REFERENCES to the table that is being made, without columns: its primary key. */
const toItself = (constraint: Constraint, relation: Relation, primary: Constraint | undefined): Constraint =>
  primary && constraint.references?.columns.length === 0 && keyOf(constraint.references) === keyOf(relation)
    ? { ...constraint, references: { ...constraint.references, columns: primary.columns } }
    : constraint;

/**
 * Columns of the parents come first; one that is written too is the table's own, in the parent's place (MergeAttributes).
 * A partition has its parent's identity since 17.
 */
function withInherited(parents: readonly Table[], own: readonly Column[], identical: boolean): Column[] {
  const merged = new Map<string, Column>();
  for (const column of parents.flatMap(parent => parent.columns)) {
    const { notNull } = merged.get(column.name) ?? column;
    const identity = identical ? column.identity : null;
    merged.set(column.name, { ...column, identity, notNull: notNull || column.notNull, inheritedOnly: true });
  }
  for (const column of own) {
    const above = merged.get(column.name);
    merged.set(
      column.name,
      above
        ? {
            ...column,
            notNull: above.notNull || column.notNull,
            ...(column.notNull ? { ownNotNull: true } : {}),
            default: column.default ?? above.default,
          }
        : column,
    );
  }
  return [...merged.values()];
}

/** The parents' checks, but those that are NO INHERIT, under their names. Without rows all of them are valid. */
function withChecks(parents: readonly Table[], own: readonly Constraint[]): Constraint[] {
  const names = new Set(own.map(({ name }) => name));
  const inherited = parents
    .flatMap(parent => parent.constraints)
    .filter(({ type, noInherit, name }) => type === 'check' && !noInherit && !names.has(name))
    .map(constraint => [constraint.name, { ...constraint, valid: constraint.enforced, inheritedOnly: true }] as const);
  return [...new Map<string, Constraint>(inherited).values(), ...own];
}

/** CREATE TABLE AS and CREATE MATERIALIZED VIEW. */
function createTableAs(s: Pg.CreateTableAsStmt, at: Reading): Change[] {
  const kind = s.objtype === 'OBJECT_MATVIEW' ? 'materialized-view' : 'table';
  const relation = created(s.into?.rel, kind, at);
  if (s.if_not_exists && exists(relation, at)) return [];
  const filled = s.into?.skipData !== true;
  // The query runs, and what it changes and calls counts; what it reads is the new relation's own.
  const ran =
    filled && s.query ? statementInBody(s.query as unknown as Node, at).filter(({ kind }) => kind !== 'read-rows') : [];
  return [fromQuery(relation, s.into, s.query, { filled, at }), ...ran];
}

/** A table or materialized view of what a query yields. */
export function fromQuery(
  relation: Relation,
  into: Pg.IntoClause | undefined,
  query: Tree | undefined,
  { filled, at: { catalog } }: { filled: boolean; at: Reading },
): Change {
  const reads = readsOf(query, catalog);
  const isView = relation.kind === 'materialized-view';
  const columns = targetList(query, strings(into?.colNames), catalog);
  const table: Table = {
    ...unknownRelation(relation),
    persistence: PERSISTENCE[into?.rel?.relpersistence ?? 'p'] ?? 'permanent',
    ...(columns ? { columns, complete: !isView } : {}),
    ...(into?.onCommit === 'ONCOMMIT_DROP' ? { dropsOnCommit: true } : {}),
    ...(isView ? { reads, ...functionCalls(query, catalog) } : {}),
  };
  return { kind: 'create-table', relation, table, like: [], reads, filled };
}

const modeOf = (number: number | undefined): (typeof LOCK_MODES)[number] =>
  LOCK_MODES[(number ?? 8) - 1] ?? 'ACCESS EXCLUSIVE';

export const tables: Pick<
  Readers,
  'CreateStmt' | 'CreateForeignTableStmt' | 'CreateTableAsStmt' | 'TruncateStmt' | 'LockStmt' | 'CreateSchemaStmt'
> = {
  CreateStmt: (s, at) => createTable(s, at, 'table'),
  CreateForeignTableStmt: (s, at) => createTable(s.base ?? s, at, 'foreign-table'),
  CreateTableAsStmt: createTableAs,
  TruncateStmt: (s, { catalog }) =>
    all(s.relations, 'RangeVar').map((range, _, ranges) => ({
      kind: 'truncate',
      relation: resolve(range, catalog),
      beside: ranges.map(other => keyOf(resolve(other, catalog))),
      cascade: s.behavior === 'DROP_CASCADE',
      ...(range.inh === true ? {} : { only: true }),
      restart: s.restart_seqs ?? false,
    })),
  LockStmt: (s, { catalog }) =>
    all(s.relations, 'RangeVar').map(range => ({
      kind: 'lock-relation',
      relation: resolve(range, catalog),
      mode: modeOf(s.mode),
      ...(range.inh === true ? {} : { only: true }),
    })),
  CreateSchemaStmt: (s, at) => {
    const { catalog } = at;
    const schema = s.schemaname ?? s.authrole?.rolename ?? '';
    if (s.if_not_exists && catalog.schemas.has(schema)) return [];
    // What is made in it stands in the same statement, and is found there first.
    const within = { ...at, catalog: { ...catalog, searchPath: [schema, ...catalog.searchPath] } };
    return [
      { kind: 'create-schema', schema },
      ...(s.schemaElts ?? []).flatMap(element => statementInBody(element, within)),
    ];
  },
};
