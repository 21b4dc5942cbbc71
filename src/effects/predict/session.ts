import type { CostTable } from '../cost-model.ts';

const free = (): [] => [];

export const session = {
  set: free,
  reset: free,
  transaction: free,
  discard: free,
  prepare: free,
  deallocate: free,
  'check-deferred': () => [],
  inert: free,
  opaque: free,
} satisfies Partial<CostTable>;
