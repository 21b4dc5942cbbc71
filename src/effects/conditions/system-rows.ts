import {
  keyOf,
  type Catalog,
  type Column,
  type Constraint,
  type Key,
  type RelationKind,
  type Table,
} from '../../model/schema.ts';
import type { Regclass, Row } from './cell.ts';

const oid = (relation: Key): Regclass => ({ relation });
const indexKey = ({ schema }: Table, name: string): Key => keyOf({ schema, name });

/** pg_class.relkind. */
const RELKIND: Readonly<Record<RelationKind, string>> = {
  table: 'r',
  'partitioned-table': 'p',
  'foreign-table': 'f',
  index: 'i',
  view: 'v',
  'materialized-view': 'm',
  sequence: 'S',
  'composite-type': 'c',
};
/** pg_constraint.contype, and information_schema.table_constraints.constraint_type. */
const CONTYPE: Readonly<Record<Constraint['type'], readonly [string, string]>> = {
  check: ['c', 'CHECK'],
  'foreign-key': ['f', 'FOREIGN KEY'],
  unique: ['u', 'UNIQUE'],
  'primary-key': ['p', 'PRIMARY KEY'],
  exclude: ['x', ''],
  'not-null': ['n', 'CHECK'],
};
const TYPTYPE = { enum: 'e', domain: 'd', composite: 'c', range: 'r', base: 'b' } as const;

type View = (catalog: Catalog) => Row[];

const tables =
  (row: (table: Table) => Row, ...kinds: readonly RelationKind[]): View =>
  ({ relations }) =>
    relations
      .values()
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .map(row);

/** A row for each part of every table, and one that says only whose it is where a table was not seen whole. */
const parts =
  <T>(
    partsOf: (table: Table) => readonly T[],
    whose: (table: Table) => Row,
    row: (part: T, table: Table, nth: number) => Row,
  ): View =>
  ({ relations }) =>
    relations
      .values()
      .flatMap(table => [
        ...partsOf(table).map((part, nth) => ({ ...whose(table), ...row(part, table, nth) })),
        ...(table.complete ? [] : [whose(table)]),
      ]);

const columnRow = ({ name, type, notNull, default: value, identity }: Column): Row => ({
  column_name: name,
  udt_name: type.array ? `_${type.name}` : type.name,
  is_nullable: notNull ? 'NO' : 'YES',
  is_identity: identity === null ? 'NO' : 'YES',
  ...(value === null ? { column_default: null } : {}),
});

const tableNames = ({ schema, name }: Table): Row => ({ table_schema: schema, table_name: name });
const listed = ({ schema, name }: Table): Row => ({ schemaname: schema, tablename: name });

/** The system catalogs and views that migrations ask, as the schema so far would fill them. */
export const SYSTEM_ROWS: ReadonlyMap<string, View> = new Map<string, View>([
  ['pg_namespace', ({ schemas }) => schemas.entries().map(([schema]) => ({ oid: schema, nspname: schema }))],
  ['schemata', ({ schemas }) => schemas.entries().map(([schema]) => ({ schema_name: schema }))],
  [
    'pg_class',
    ({ relations }) =>
      relations.values().flatMap((table): Row[] => [
        {
          oid: oid(keyOf(table)),
          relname: table.name,
          relnamespace: table.schema,
          relkind: RELKIND[table.kind],
          relrowsecurity: table.rowSecurity,
        },
        ...table.indexes.map(({ name }) => ({
          oid: oid(indexKey(table, name)),
          relname: name,
          relnamespace: table.schema,
          relkind: table.kind === 'partitioned-table' ? 'I' : 'i',
        })),
      ]),
  ],
  ['pg_tables', tables(listed, 'table', 'partitioned-table')],
  ['pg_views', tables(({ schema, name }) => ({ schemaname: schema, viewname: name }), 'view')],
  ['pg_matviews', tables(({ schema, name }) => ({ schemaname: schema, matviewname: name }), 'materialized-view')],
  ['pg_sequences', tables(({ schema, name }) => ({ schemaname: schema, sequencename: name }), 'sequence')],
  [
    'tables',
    tables(
      table => ({ ...tableNames(table), table_type: table.kind === 'view' ? 'VIEW' : 'BASE TABLE' }),
      'table',
      'partitioned-table',
      'view',
    ),
  ],
  ['views', tables(tableNames, 'view')],
  ['sequences', tables(({ schema, name }) => ({ sequence_schema: schema, sequence_name: name }), 'sequence')],
  ['columns', parts(table => table.columns, tableNames, columnRow)],
  [
    'pg_attribute',
    catalog => [
      ...parts(
        table => table.columns,
        table => ({ attrelid: oid(keyOf(table)) }),
        ({ name, notNull }, _, nth) => ({ attname: name, attnum: nth + 1, attisdropped: false, attnotnull: notNull }),
      )(catalog),
      // Those of an index have names of their own.
      ...catalog.relations
        .values()
        .flatMap(table => table.indexes.map(({ name }) => ({ attrelid: oid(indexKey(table, name)) }))),
    ],
  ],
  [
    'pg_constraint',
    catalog => [
      ...parts(
        table => table.constraints.filter(({ type }) => type !== 'not-null'),
        table => ({ conrelid: oid(keyOf(table)), connamespace: table.schema }),
        ({ name, type, valid, references }) => ({
          conname: name,
          contype: CONTYPE[type][0],
          convalidated: valid,
          confrelid: references ? oid(keyOf(references)) : 0,
        }),
      )(catalog),
      // Those of domains, whose names are not kept.
      ...catalog.types
        .values()
        .filter(({ kind }) => kind === 'domain')
        .map(({ schema }) => ({ conrelid: 0, confrelid: 0, connamespace: schema })),
    ],
  ],
  [
    'table_constraints',
    parts(
      table => table.constraints.filter(({ type }) => type !== 'exclude'),
      table => ({ ...tableNames(table), constraint_schema: table.schema }),
      ({ name, type }) => ({ constraint_name: name, constraint_type: CONTYPE[type][1] }),
    ),
  ],
  [
    'key_column_usage',
    parts(
      table =>
        table.constraints
          .filter(({ type }) => type !== 'check' && type !== 'exclude')
          .flatMap(({ name, columns }) => columns.map(column => ({ name, column }))),
      table => ({ ...tableNames(table), constraint_schema: table.schema }),
      ({ name, column }) => ({ constraint_name: name, column_name: column }),
    ),
  ],
  [
    'pg_indexes',
    parts(
      table => table.indexes,
      listed,
      ({ name }) => ({ indexname: name }),
    ),
  ],
  [
    'pg_index',
    parts(
      table => table.indexes,
      table => ({ indrelid: oid(keyOf(table)) }),
      ({ name, unique, valid, constraint }, table) => ({
        indexrelid: oid(indexKey(table, name)),
        indisunique: unique,
        indisvalid: valid,
        indisprimary: table.constraints.some(
          existing => existing.type === 'primary-key' && existing.name === constraint,
        ),
      }),
    ),
  ],
  [
    'pg_trigger',
    parts(
      table => table.triggers,
      table => ({ tgrelid: oid(keyOf(table)) }),
      ({ name }) => ({ tgname: name, tgisinternal: false }),
    ),
  ],
  [
    'triggers',
    parts(
      table => table.triggers,
      ({ schema, name }) => ({ event_object_schema: schema, event_object_table: name, trigger_schema: schema }),
      ({ name }) => ({ trigger_name: name }),
    ),
  ],
  [
    'pg_policies',
    parts(
      table => table.policies,
      listed,
      ({ name }) => ({ policyname: name }),
    ),
  ],
  [
    'pg_policy',
    parts(
      table => table.policies,
      table => ({ polrelid: oid(keyOf(table)) }),
      ({ name }) => ({ polname: name }),
    ),
  ],
  [
    'pg_type',
    ({ types, relations }) => [
      ...types.values().map(type => ({
        oid: keyOf(type),
        typname: type.name,
        typnamespace: type.schema,
        typtype: TYPTYPE[type.kind],
      })),
      // Every table is a type, too.
      ...relations
        .values()
        .filter(({ kind }) => kind !== 'sequence' && kind !== 'index')
        .map(table => ({ oid: keyOf(table), typname: table.name, typnamespace: table.schema, typtype: 'c' })),
    ],
  ],
  [
    'pg_enum',
    ({ types }) =>
      types.values().flatMap(type => type.labels.map(label => ({ enumtypid: keyOf(type), enumlabel: label }))),
  ],
  [
    'pg_proc',
    ({ routines }) =>
      routines
        .values()
        .flatMap(overloads => overloads.map(({ name, schema }) => ({ proname: name, pronamespace: schema }))),
  ],
  [
    'routines',
    ({ routines }) =>
      routines.values().flatMap(overloads =>
        overloads.map(({ name, schema, kind }) => ({
          routine_name: name,
          routine_schema: schema,
          routine_type: kind.toUpperCase(),
        })),
      ),
  ],
]);
