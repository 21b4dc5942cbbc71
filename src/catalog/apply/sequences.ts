import { keyOf } from '../../model/schema.ts';
import type { Apply } from '../apply-table.ts';
import { edit } from '../edit.ts';

export const sequences = {
  'create-sequence': (catalog, { sequence }) => ({
    ...catalog,
    relations: catalog.relations.with(keyOf(sequence), sequence),
  }),
  'alter-sequence': (catalog, { relation, what, ownedBy }) =>
    what === 'owned-by' ? edit(catalog, relation, table => ({ ...table, ownedBy })) : catalog,
} satisfies Partial<Apply>;
