import type { CostTable } from '../cost-model.ts';

const free = (): [] => [];

export const session: Pick<
  CostTable,
  'set' | 'reset' | 'transaction' | 'discard' | 'prepare' | 'deallocate' | 'check-deferred' | 'inert' | 'opaque'
> = {
  set: free,
  reset: free,
  transaction: free,
  discard: free,
  prepare: free,
  deallocate: free,
  'check-deferred': () => [],
  inert: free,
  opaque: free,
};
