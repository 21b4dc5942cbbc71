import { bare } from '../model/bare.ts';
import type { Client } from '../database/service.ts';
import { parentsOf } from '../catalog/edit.ts';
import { PersistentMap } from '../model/persistent-map.ts';
import {
  keyOf,
  type Catalog,
  type Key,
  type Read,
  type Routine,
  type Statistics,
  type Table,
  type Type,
} from '../model/schema.ts';
import * as queries from './catalog-queries.ts';
import {
  boundOf,
  columnOf,
  constraintOf,
  indexOf,
  triggerOf,
  typeRef,
  type ColumnRow,
  type ConstraintRow,
  type IndexRow,
  type TriggerRow,
} from './introspect-parts.ts';
import { KINDS } from './snapshot.ts';

interface RelationRow {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly persistence: string;
  readonly rowSecurity: boolean;
  readonly options: readonly string[];
  readonly tablespace: string | null;
  readonly strategy: string | null;
  readonly partitionColumns: readonly (string | null)[];
  readonly bound: string | null;
  readonly parents: readonly Key[];
  readonly rules: readonly string[];
  readonly statistics: readonly Statistics[];
  readonly policies: readonly string[];
  readonly ofType: Key | null;
  readonly ownedBy: string | null;
  readonly ofIdentity: boolean;
}
type Of<T> = T & { readonly relation: number };

/**
 * Reads a live database into a Catalog, as if its history had been replayed: what extensions brought is left out.
 *
 * Where the catalog keeps what only the text tells (conjuncts of checks, columns that policies read), the result is empty.
 */
export async function introspect(client: Client): Promise<Catalog> {
  const rows = async <T extends object>(sql: string): Promise<T[]> => (await client.query<T>(sql)).rows;
  const relations = await rows<RelationRow>(queries.RELATIONS);
  const columns = group(await rows<Of<ColumnRow>>(queries.COLUMNS), columnOf);
  const constraints = group(await rows<Of<ConstraintRow>>(queries.CONSTRAINTS), constraintOf);
  const indexes = group(await rows<Of<IndexRow>>(queries.INDEXES), indexOf);
  const triggers = group(await rows<Of<TriggerRow>>(queries.TRIGGERS), triggerOf);
  const reads = group(await rows<Of<{ target: Key; columns: string[] | null }>>(queries.READS), readOf);
  const tables = relations.map((row): Table => {
    const partsOf = <V>(map: ReadonlyMap<number, V[]>): V[] => map.get(row.oid) ?? [];
    return {
      ...whatItIs(row),
      columns: partsOf(columns),
      constraints: partsOf(constraints),
      indexes: partsOf(indexes),
      triggers: partsOf(triggers),
      reads: partsOf(reads),
    };
  });
  return {
    relations: PersistentMap.of(tables.map(table => [keyOf(table), table])),
    indexes: PersistentMap.of(
      tables.flatMap(table => table.indexes.map(({ name }) => [`${table.schema}.${name}`, keyOf(table)])),
    ),
    children: childrenOf(tables),
    types: PersistentMap.of((await rows<TypeRow>(queries.TYPES)).map(row => [keyOf(row), typeOf(row)])),
    routines: routinesOf(await rows<RoutineRow>(queries.ROUTINES)),
    schemas: PersistentMap.of(
      (await rows<{ schema: string }>(queries.SCHEMAS)).map(({ schema }) => [schema, 'existing']),
    ),
    droppedSchemas: PersistentMap.empty(),
    extensions: PersistentMap.of(
      (await rows<{ extension: string; schema: string }>(queries.EXTENSIONS)).map(({ extension, schema }) => [
        extension,
        { schema, age: 'existing' },
      ]),
    ),
    eventTriggers: PersistentMap.empty(),
    support: PersistentMap.empty(),
    searchPath: ['public'],
    sessionPath: ['public'],
    otherPaths: [],
    prepared: PersistentMap.empty(),
    uncertain: PersistentMap.empty(),
    dropped: null,
    partial: [],
  };
}

const readOf = ({ target, columns }: { target: Key; columns: string[] | null }): Read => ({
  relation: target,
  columns,
});

function group<R extends { readonly relation: number }, V>(rows: readonly R[], make: (row: R) => V): Map<number, V[]> {
  const groups = new Map<number, V[]>();
  for (const row of rows) groups.set(row.relation, [...(groups.get(row.relation) ?? []), make(row)]);
  return groups;
}

type Parts = 'columns' | 'constraints' | 'indexes' | 'triggers' | 'reads';

function whatItIs(row: RelationRow): Omit<Table, Parts> {
  const kind = KINDS[row.kind];
  if (!kind) throw new Error(`pg_class.relkind ${row.kind} of ${row.name} is not known`);
  const [parent] = row.parents;
  const [column = '', ...owner] = (row.ownedBy ?? '').split('.').reverse();
  return {
    schema: row.schema,
    name: row.name,
    kind,
    persistence: row.persistence === 'u' ? 'unlogged' : row.persistence === 't' ? 'temporary' : 'permanent',
    age: 'existing',
    complete: true,
    policies: row.policies.map(name => ({ name, reads: [] })),
    rules: row.rules,
    statistics: row.statistics,
    rowSecurity: row.rowSecurity,
    partitioning: row.strategy === null ? null : { strategy: strategyOf(row.strategy), columns: row.partitionColumns },
    partitionOf: row.bound !== null && parent !== undefined ? { parent, bound: boundOf(row.bound) } : null,
    inherits: row.bound === null ? row.parents : [],
    ofType: row.ofType,
    ownedBy:
      row.ownedBy === null
        ? null
        : { table: owner.reverse().join('.'), column, ...(row.ofIdentity ? { identity: true } : {}) },
    options: Object.fromEntries(row.options.map(option => option.split(/=(.*)/s).slice(0, 2) as [string, string])),
    accessMethod: null,
    tablespace: row.tablespace,
  };
}

const strategyOf = (letter: string): 'range' | 'list' | 'hash' =>
  letter === 'r' ? 'range' : letter === 'l' ? 'list' : 'hash';

function childrenOf(tables: readonly Table[]): PersistentMap<readonly Key[]> {
  const children = new Map<Key, Key[]>();
  for (const table of tables)
    for (const parent of parentsOf(table)) children.set(parent, [...(children.get(parent) ?? []), keyOf(table)]);
  return PersistentMap.of(children);
}

interface TypeRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly notNull: boolean;
  readonly labels: readonly string[];
  readonly checks: readonly string[];
  readonly base: string | null;
  readonly baseSchema: string | null;
  readonly written: string | null;
}
const TYPE_KINDS: Readonly<Record<string, Type['kind']>> = bare({ e: 'enum', d: 'domain', c: 'composite', r: 'range' });

const typeOf = (row: TypeRow): Type => ({
  schema: row.schema,
  name: row.name,
  kind: TYPE_KINDS[row.kind] ?? 'base',
  age: 'existing',
  labels: row.labels,
  fresh: [],
  base:
    row.base !== null && row.baseSchema !== null ? typeRef(row.baseSchema, row.base, false, row.written ?? '') : null,
  constraints: row.checks.map(name => ({ name, notNull: false, valid: true })),
  notNull: row.notNull,
});

interface RoutineRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly language: string;
  readonly volatility: string;
  readonly body: string | null;
  readonly arguments: readonly { readonly schema: string; readonly name: string; readonly array: boolean }[];
}
const VOLATILITIES: Readonly<Record<string, Routine['volatility']>> = bare({
  i: 'immutable',
  s: 'stable',
  v: 'volatile',
});

function routinesOf(rows: readonly RoutineRow[]): PersistentMap<readonly Routine[]> {
  const routines = new Map<Key, Routine[]>();
  for (const { schema, name, kind, language, volatility, body, arguments: types } of rows) {
    const key = keyOf({ schema, name });
    const routine: Routine = {
      schema,
      name,
      kind: kind === 'p' ? 'procedure' : kind === 'a' ? 'aggregate' : 'function',
      language,
      volatility: VOLATILITIES[volatility] ?? 'unknown',
      inlined: null,
      arguments: types.map(type => typeRef(type.schema, type.name, type.array, '')),
      parameters: [],
      returns: null,
      age: 'existing',
      body,
    };
    routines.set(key, [...(routines.get(key) ?? []), routine]);
  }
  return PersistentMap.of(routines);
}
