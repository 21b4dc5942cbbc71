import { relationOf } from '../../catalog/edit.ts';
import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { relationAt } from '../resolve.ts';
import { dependentViews, known } from './second-tables.ts';
import { exclusive, lock, lose, may, reject, rewrite, scan, type Prices } from '../price-list.ts';

/** Tables with a column of the type, domains over it included (get_rels_with_domain). */
function users(key: Key, catalog: Catalog): Relation[] {
  const keys = new Set([key]);
  for (const type of catalog.types.values()) if (type.base && keys.has(keyOf(type.base))) keys.add(keyOf(type));
  return catalog.relations
    .values()
    .filter(
      table =>
        (table.kind === 'table' || table.kind === 'partitioned-table') &&
        table.columns.some(column => keys.has(keyOf(column.type))),
    )
    .map(relationOf);
}

/** Views that read a column of the type. */
const dependents = (table: Relation, key: Key, catalog: Catalog): Relation[] =>
  (known(table, catalog)?.columns ?? [])
    .filter(column => keyOf(column.type) === key)
    .flatMap(column => dependentViews(keyOf(table), catalog, column.name));

/** The row of pg_class behind a composite type. */
function rowOf(key: Key, catalog: Catalog): Relation {
  const relation = relationAt(key, catalog, 'composite-type');
  return { ...relation, age: catalog.types.get(key)?.age ?? relation.age };
}

export const types: Pick<
  Prices,
  | 'create-type'
  | 'drop-type'
  | 'rename-type'
  | 'move-type'
  | 'add-enum-value'
  | 'rename-enum-value'
  | 'alter-composite'
  | 'add-domain-constraint'
  | 'validate-domain-constraint'
  | 'drop-domain-constraint'
  | 'alter-domain-default'
> = {
  'create-type': () => [],
  'drop-type': ({ key, cascade }, { catalog }) => [
    ...(catalog.types.get(key)?.kind === 'composite' ? [exclusive(rowOf(key, catalog))] : []),
    ...(cascade
      ? users(key, catalog).flatMap(table => [
          exclusive(table),
          lose(table, 'column'),
          ...dependents(table, key, catalog).map(exclusive),
        ])
      : []),
  ],
  'rename-type': () => [],
  'move-type': () => [],
  'add-enum-value': () => [],
  'rename-enum-value': () => [],
  'alter-composite': ({ key, what, cascade }, { catalog }) => [
    exclusive(rowOf(key, catalog)),
    ...(cascade && what === 'retype'
      ? may(
          users(key, catalog).flatMap(table => [exclusive(table), rewrite(table)]),
          'only typed tables are rewritten',
        )
      : []),
  ],
  'add-domain-constraint': ({ key, name, valid, notNull }, { catalog }) =>
    valid
      ? users(key, catalog).flatMap(table => [
          lock(table, 'SHARE'),
          scan(table),
          reject(table, notNull ? 'a value is null' : `a value violates ${name}`),
        ])
      : [],
  'validate-domain-constraint': ({ key, name }, { catalog, pg }) =>
    users(key, catalog).flatMap(table => [
      lock(table, pg >= 19 ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
      scan(table),
      reject(table, `a value violates ${name}`),
    ]),
  'drop-domain-constraint': () => [],
  'alter-domain-default': () => [],
};
