import { PersistentMap } from '../model/persistent-map.ts';
import type { Catalog } from '../model/schema.ts';

/** The same, to which others than the migrations may add. */
export const sharedCatalog = (): Catalog => ({ ...emptyCatalog(), dropped: PersistentMap.empty() });

/** A new database: nothing but the schema public. */
export const emptyCatalog = (): Catalog => ({
  relations: PersistentMap.empty(),
  indexes: PersistentMap.empty(),
  children: PersistentMap.empty(),
  types: PersistentMap.empty(),
  routines: PersistentMap.empty(),
  schemas: PersistentMap.of([['public', 'existing' as const]]),
  droppedSchemas: PersistentMap.empty(),
  extensions: PersistentMap.empty(),
  eventTriggers: PersistentMap.empty(),
  support: PersistentMap.empty(),
  searchPath: ['public'],
  sessionPath: ['public'],
  otherPaths: [],
  prepared: PersistentMap.empty(),
  uncertain: PersistentMap.empty(),
  dropped: null,
  partial: [],
});
