import { lock, type CostTable } from '../cost-model.ts';
import { relationAt } from '../../catalog/resolve.ts';

export const sequences: Pick<CostTable, 'create-sequence' | 'alter-sequence'> = {
  'create-sequence': ({ sequence }, { catalog }) =>
    sequence.ownedBy ? [lock(relationAt(sequence.ownedBy.table, catalog), 'ACCESS SHARE')] : [],
  'alter-sequence': ({ relation, ownedBy }, { catalog }) => [
    lock(relation, 'SHARE ROW EXCLUSIVE'),
    ...(ownedBy ? [lock(relationAt(ownedBy.table, catalog), 'ACCESS SHARE')] : []),
  ],
};
