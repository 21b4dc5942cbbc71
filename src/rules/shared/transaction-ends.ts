import { PersistentMap } from '../../model/persistent-map.ts';
import type { Catalog } from '../../model/schema.ts';
import type { WholeTransaction } from '../../model/step.ts';

type Ends = Pick<WholeTransaction, 'before' | 'after'>;

const copies = new WeakMap<WholeTransaction, Ends>();

/** A look into an older version of a map walks back to it: a copy has no other versions. */
const copyOf = (catalog: Catalog): Catalog => ({
  ...catalog,
  relations: PersistentMap.of(catalog.relations.entries()),
  types: PersistentMap.of(catalog.types.entries()),
  schemas: PersistentMap.of(catalog.schemas.entries()),
});

/** The schema at both ends of a transaction, copied once for all of its steps. */
export function endsOf(whole: WholeTransaction): Ends {
  const ends = copies.get(whole) ?? { before: copyOf(whole.before), after: copyOf(whole.after) };
  copies.set(whole, ends);
  return ends;
}
