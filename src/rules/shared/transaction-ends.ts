import type { Key, Table } from '../../model/schema.ts';
import type { WholeTransaction } from '../../model/step.ts';

interface Relations {
  readonly before: ReadonlyMap<Key, Table>;
  readonly after: ReadonlyMap<Key, Table>;
}

const copies = new WeakMap<WholeTransaction, Relations>();

/** Both ends of a transaction, copied once: each look into an older version of the catalog would walk back to it. */
export function relationsOf(whole: WholeTransaction): Relations {
  const copy = copies.get(whole) ?? {
    before: new Map(whole.before.relations.entries()),
    after: new Map(whole.after.relations.entries()),
  };
  copies.set(whole, copy);
  return copy;
}
