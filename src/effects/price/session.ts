import type { Prices } from '../price-list.ts';

const free = (): [] => [];

export const session: Pick<Prices, 'set' | 'reset' | 'transaction' | 'inert' | 'opaque'> = {
  set: free,
  reset: free,
  transaction: free,
  inert: free,
  opaque: free,
};
