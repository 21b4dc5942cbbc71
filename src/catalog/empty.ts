import { Names } from '../model/persistent-map.ts';
import type { Catalog } from '../model/schema.ts';

/** A new database: nothing but the schema public. */
export const emptyCatalog = (): Catalog => ({
  relations: Names.empty(),
  indexes: Names.empty(),
  children: Names.empty(),
  types: Names.empty(),
  routines: Names.empty(),
  schemas: Names.of([['public', 'existing' as const]]),
  extensions: Names.empty(),
  eventTriggers: Names.empty(),
  support: Names.empty(),
  searchPath: ['public'],
  sessionPath: ['public'],
  otherPaths: [],
  prepared: Names.empty(),
  doubtful: Names.empty(),
  partial: [],
});
