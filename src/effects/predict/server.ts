import { relationOf } from '../../catalog/edit.ts';
import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog } from '../../model/schema.ts';
import { exclusive, lock, may, reject, rewrite, scan, type CostTable } from '../cost-model.ts';
import {
  childrenOf,
  withInheritors,
  holdsRows,
  partitionRows,
  withPartitions,
  leafRelations,
} from '../../catalog/related-tables.ts';
import { indexedBy, ofExtension, typesOf } from '../../catalog/extension-dependents.ts';
import { calledFrom } from './programs.ts';
import { dropRelation } from './tables.ts';
import { withType } from './types.ts';

const SUE = 'SHARE UPDATE EXCLUSIVE';

/** VACUUM and ANALYZE go on to inheritance children since 18. */
const worked = (relation: Relation, catalog: Catalog, pg: number): Relation[] =>
  (pg >= 18 ? leafRelations : partitionRows)(relation, catalog);

const ANALYZED: ReadonlySet<string> = new Set(['table', 'partitioned-table', 'materialized-view']);

export const server = {
  'create-schema': () => [],
  'drop-schema': ({ schema, cascade }, at) => {
    const inside = <T extends { readonly schema: string }>(objects: readonly T[]): readonly T[] =>
      cascade ? objects.filter(object => object.schema === schema) : [];
    const { relations, types, routines } = at.catalog;
    return [
      ...inside(relations.values()).flatMap(table => dropRelation(relationOf(table), true, at)),
      ...inside(types.values()).flatMap(type => withType(keyOf(type), at)),
      ...inside(routines.values().flat()).flatMap(routine => calledFrom(keyOf(routine), at.catalog).map(exclusive)),
    ];
  },
  'rename-schema': () => [],
  'create-extension': () => [],
  'drop-extension': ({ extension, cascade }, at) =>
    cascade
      ? [
          ...typesOf(extension, at.catalog).flatMap(key => withType(key, at)),
          ...calledFrom(ofExtension(extension), at.catalog).map(exclusive),
          ...indexedBy(extension, at.catalog).map(table => exclusive(relationOf(table))),
        ]
      : [],
  'drop-database': () => [],
  // A publication has inheritance children too (OpenTableList, publicationcmds.c).
  'note-relation': ({ relation, what, mode, only }, { catalog }) =>
    (what === 'publication' && relation.kind === 'table' && !only ? withInheritors(relation, catalog) : [relation]).map(
      member => lock(member, mode),
    ),
  grant: ({ relation }, { pg }) => (pg >= 18 ? [lock(relation, 'ACCESS SHARE')] : []),
  'change-access': () => [],
  'server-setting': () => [],
  'call-server': () => [],
  'need-function': () => [],
  'call-extension': ({ relation, mode, rewrites, empty }) => [
    lock(relation, mode),
    ...(rewrites ? [rewrite(relation), scan(relation)] : []),
    ...(empty ? [reject(relation, 'the table has rows')] : []),
  ],
  replication: () => [],
  'reset-sequence': () => [],
  vacuum: ({ relation, full, analyze }, { catalog, pg }) => [
    ...(analyze ? childrenOf(relation, catalog) : [])
      .filter(holdsRows)
      .map(member => lock(member, 'ACCESS SHARE', 'statement-end')),
    ...withPartitions(relation, catalog).map(member => lock(member, full ? 'ACCESS EXCLUSIVE' : SUE, 'statement-end')),
    ...worked(relation, catalog, pg).flatMap(member =>
      full ? [exclusive(member), rewrite(member), scan(member)] : [lock(member, SUE, 'statement-end')],
    ),
  ],
  // The statistics of an inheritance parent read its children; their own are gathered since 18.
  analyze: ({ relation }, { catalog, pg }) =>
    // What has no statistics is left out with a warning.
    ANALYZED.has(relation.kind)
      ? [
          ...leafRelations(relation, catalog).map(member => lock(member, 'ACCESS SHARE')),
          ...(pg >= 18 ? withInheritors : withPartitions)(relation, catalog).map(member => lock(member, SUE)),
        ]
      : [],
  cluster: ({ relation }, { catalog }) => [
    exclusive(relation),
    ...partitionRows(relation, catalog).flatMap(member => [exclusive(member), rewrite(member), scan(member)]),
  ],
  'maintain-database': ({ what }, { catalog }) => {
    const all = catalog.relations.values().map(relationOf);
    // get_all_vacuum_rels (vacuum.c).
    if (what === 'analyze') return all.filter(({ kind }) => ANALYZED.has(kind)).map(relation => lock(relation, SUE));
    const tables = all.filter(({ kind }) => kind === 'table' || kind === 'materialized-view');
    // A partitioned table is looked at and left.
    const listed = all.filter(({ kind }) => kind === 'partitioned-table');
    if (what === 'vacuum') return [...tables, ...listed].map(table => lock(table, SUE, 'statement-end'));
    const parts = tables.flatMap(table => [exclusive(table), rewrite(table), scan(table)]);
    return what === 'cluster' ? may(parts, 'only tables that were clustered before') : parts;
  },
} satisfies Partial<CostTable>;
