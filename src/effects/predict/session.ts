import type { Prices } from '../cost-model.ts';

const free = (): [] => [];

export const session: Pick<
  Prices,
  'set' | 'reset' | 'transaction' | 'discard' | 'prepare' | 'deallocate' | 'inert' | 'opaque'
> = {
  set: free,
  reset: free,
  transaction: free,
  discard: free,
  prepare: free,
  deallocate: free,
  inert: free,
  opaque: free,
};
