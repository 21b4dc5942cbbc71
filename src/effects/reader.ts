import type { Change } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';
import type { Body, Tag } from '../sql/nodes.ts';

/** What a reader may ask besides the tree. */
export interface Reading {
  readonly catalog: Catalog;
  /** Settings in force, lower case. */
  readonly settings: ReadonlyMap<string, string>;
  /** Major version of the server. */
  readonly pg: number;
}

/** One entry per statement node; a node without an entry is opaque. */
export type Readers = { readonly [K in Tag]?: (body: Body<K>, at: Reading) => readonly Change[] };
