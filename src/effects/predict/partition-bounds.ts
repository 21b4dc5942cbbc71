import { ancestors } from '../../catalog/related-tables.ts';
import type { Relation } from '../../model/effect.ts';
import type { Catalog } from '../../model/schema.ts';
import { lock, may, type Part } from '../cost-model.ts';

/** A partition's own bound is worked out from its parents (generate_partition_qual, partcache.c). */
export const boundsOf = (relations: readonly Relation[], catalog: Catalog): Part[] =>
  may(
    relations.flatMap(relation => ancestors(relation, catalog)).map(parent => lock(parent, 'ACCESS SHARE')),
    'only where the bound is not cached or has to be checked',
  );
