import { lock, type Prices } from '../cost-model.ts';
import { relationAt } from '../../catalog/resolve.ts';

export const sequences: Pick<Prices, 'create-sequence' | 'alter-sequence'> = {
  'create-sequence': ({ sequence }, { catalog }) =>
    sequence.ownedBy ? [lock(relationAt(sequence.ownedBy.table, catalog), 'ACCESS SHARE')] : [],
  'alter-sequence': ({ relation, ownedBy }, { catalog }) => [
    lock(relation, 'SHARE ROW EXCLUSIVE'),
    ...(ownedBy ? [lock(relationAt(ownedBy.table, catalog), 'ACCESS SHARE')] : []),
  ],
};
