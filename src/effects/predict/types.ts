import { dependencyError } from './dependents.ts';
import { castsTo, relationOf } from '../../catalog/edit.ts';
import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type RelationKind, type Type } from '../../model/schema.ts';
import { dependentViews, tableAt } from '../../catalog/related-tables.ts';
import {
  exclusive,
  fail,
  lock,
  lose,
  may,
  reject,
  rewrite,
  scan,
  type Part,
  type CostTable,
  type CostContext,
} from '../cost-model.ts';
import { dropRelation } from './tables.ts';

/** Tables with a column of the type, domains over it included (get_rels_with_domain). */
function users(
  key: Key,
  catalog: Catalog,
  kinds: readonly RelationKind[] = ['table', 'partitioned-table'],
): Relation[] {
  const keys = new Set([key]);
  for (const type of catalog.types.values()) if (type.base && keys.has(keyOf(type.base))) keys.add(keyOf(type));
  return catalog.relations
    .values()
    .filter(table => kinds.includes(table.kind) && table.columns.some(column => keys.has(keyOf(column.type))))
    .map(relationOf);
}

/** Those of them whose rows a domain's new constraint is held against. */
const checkedIn = (key: Key, catalog: Catalog): Relation[] => users(key, catalog, ['table', 'materialized-view']);

/** Tables with a default that casts to the type on its way to another. */
const casting = (key: Key, catalog: Catalog): Relation[] =>
  catalog.relations
    .values()
    .filter(table => table.columns.some(column => castsTo(column, key)))
    .map(relationOf);

/** Views that read a column of the type. */
const dependents = (table: Relation, key: Key, catalog: Catalog): Relation[] =>
  (tableAt(table, catalog)?.columns ?? [])
    .filter(column => keyOf(column.type) === key)
    .flatMap(column => dependentViews(keyOf(table), catalog, column.name));

const typedTables = (key: Key, catalog: Catalog): Relation[] =>
  catalog.relations
    .values()
    .filter(table => table.ofType === key)
    .map(relationOf);

/** A composite type's own entry in pg_class. */
function composite(key: Key, catalog: Catalog): Relation[] {
  const type = catalog.types.get(key);
  return type?.kind === 'composite' ? [entryOf(type)] : [];
}

const entryOf = ({ schema, name, age }: Type): Relation => ({ schema, name, kind: 'composite-type', age });

/** Composite types lose their attributes of a type that is dropped. */
function losing(key: Key, catalog: Catalog): Part[] {
  const composites = catalog.types.values().filter(type => type.kind === 'composite' && keyOf(type) !== key);
  const usedIn = composites.filter(({ attributes }) => attributes?.some(({ type }) => type === key));
  const unseen = composites.filter(({ attributes }) => attributes === undefined);
  return [
    ...usedIn.map(type => exclusive(entryOf(type))),
    ...may(
      unseen.map(type => exclusive(entryOf(type))),
      'the attributes of the type are not in the migrations',
    ),
  ];
}

/** A type and what goes with it: columns and the views that read them, defaults, attributes, typed tables. */
export const withType = (key: Key, { catalog, pg }: Pick<CostContext, 'catalog' | 'pg'>): Part[] => [
  ...composite(key, catalog).map(exclusive),
  ...users(key, catalog).flatMap(table => [
    exclusive(table),
    lose(table, 'column'),
    ...dependents(table, key, catalog).map(exclusive),
  ]),
  ...casting(key, catalog).map(exclusive),
  ...losing(key, catalog),
  ...typedTables(key, catalog).flatMap(table => dropRelation(table, true, { catalog, pg })),
];

export const types = {
  'create-type': () => [],
  'drop-type': ({ key, cascade }, at) => [
    ...(cascade
      ? withType(key, at)
      : [
          ...composite(key, at.catalog).map(exclusive),
          ...users(key, at.catalog).flatMap(table =>
            dependencyError(table, table, '2BP01', `a column of ${table.name} has the type`, at.catalog),
          ),
          ...casting(key, at.catalog).flatMap(table =>
            dependencyError(table, table, '2BP01', `a default of ${table.name} casts to the type`, at.catalog),
          ),
        ]),
  ],
  'rename-type': ({ key }, { catalog }) => composite(key, catalog).map(exclusive),
  'move-type': () => [],
  'add-enum-value': () => [],
  'rename-enum-value': () => [],
  'alter-composite': ({ key, what, cascade }, { catalog }) => {
    const all = typedTables(key, catalog);
    const typed = cascade ? all : [];
    const [other] = cascade ? [] : all;
    const [user] = what === 'retype' ? users(key, catalog) : [];
    return [
      ...[...composite(key, catalog), ...typed].map(exclusive),
      ...(what === 'retype' ? typed.flatMap(table => [rewrite(table), scan(table)]) : []),
      // Values of the type keep the attribute only as dropped (ATExecDropColumn, tablecmds.c): nothing reads it again.
      ...(what === 'drop' ? [...typed, ...users(key, catalog)].map(table => lose(table, 'column')) : []),
      ...(user ? [fail(user, '0A000', `a column of ${user.name} has the type`)] : []),
      // find_typed_table_dependencies, tablecmds.c.
      ...(other ? dependencyError(other, other, '2BP01', `it is the type of the table ${other.name}`, catalog) : []),
    ];
  },
  // A domain that is NOT NULL is left alone (AlterDomainNotNull).
  'add-domain-constraint': ({ key, name, valid, notNull }, { catalog }) =>
    !valid || (notNull && catalog.types.get(key)?.notNull)
      ? []
      : checkedIn(key, catalog).flatMap(table => [
          lock(table, 'SHARE'),
          scan(table),
          reject(table, notNull ? 'a value is null' : `a value violates ${name}`),
        ]),
  'validate-domain-constraint': ({ key, name }, { catalog, pg }) =>
    checkedIn(key, catalog).flatMap(table => [
      lock(table, pg >= 19 ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
      scan(table),
      reject(table, `a value violates ${name}`),
    ]),
  'drop-domain-constraint': () => [],
  'alter-domain-default': () => [],
} satisfies Partial<CostTable>;
