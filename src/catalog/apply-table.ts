import type { Change, ChangeOf } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';

/** One entry per kind of change: what it does to the schema. */
export type Apply = { readonly [K in Change['kind']]: (catalog: Catalog, change: ChangeOf<K>) => Catalog };

/** The schema stays as it is. */
export const unchanged = (catalog: Catalog): Catalog => catalog;
