import { relationOf } from '../../catalog/edit.ts';
import { exclusive, lock, may, rewrite, scan, type Prices } from '../price-list.ts';
import { withRows } from './second-tables.ts';
import { dropRelation } from './tables.ts';

const SUE = 'SHARE UPDATE EXCLUSIVE';

export const server: Pick<
  Prices,
  | 'create-schema'
  | 'drop-schema'
  | 'rename-schema'
  | 'create-extension'
  | 'drop-extension'
  | 'drop-database'
  | 'note-relation'
  | 'grant'
  | 'vacuum'
  | 'analyze'
  | 'cluster'
  | 'maintain-database'
> = {
  'create-schema': () => [],
  'drop-schema': ({ schema, cascade }, { catalog }) =>
    cascade
      ? catalog.relations
          .values()
          .filter(table => table.schema === schema)
          .flatMap(table => dropRelation(relationOf(table), true, catalog))
      : [],
  'rename-schema': () => [],
  'create-extension': () => [],
  'drop-extension': ({ cascade }, { catalog }) =>
    cascade && catalog.extensions.size > 0 ? may([], 'what the extension owns is not known') : [],
  'drop-database': () => [],
  'note-relation': ({ relation, mode }) => [lock(relation, mode)],
  grant: ({ relation }, { pg }) => (pg >= 18 ? [lock(relation, 'ACCESS SHARE')] : []),
  vacuum: ({ relation, full }, { catalog }) =>
    withRows(relation, catalog).flatMap(member =>
      full ? [exclusive(member), rewrite(member), scan(member)] : [lock(member, SUE, 'statement-end')],
    ),
  analyze: ({ relation }, { catalog }) => [relation, ...withRows(relation, catalog)].map(member => lock(member, SUE)),
  // Measured: since 17 a partitioned parent is locked too.
  cluster: ({ relation }, { catalog, pg }) => [
    ...(pg >= 17 && relation.kind === 'partitioned-table' ? [exclusive(relation)] : []),
    ...withRows(relation, catalog).flatMap(member => [exclusive(member), rewrite(member), scan(member)]),
  ],
  'maintain-database': ({ what }, { catalog }) => {
    if (what === 'analyze' || what === 'vacuum') return [];
    const tables = catalog.relations
      .values()
      .filter(table => table.kind === 'table')
      .map(relationOf);
    return (what === 'cluster' ? [] : tables).flatMap(table => [exclusive(table), rewrite(table), scan(table)]);
  },
};
