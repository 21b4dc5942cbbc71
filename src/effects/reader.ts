import type { Change } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';
import type { Statement } from '../model/source.ts';
import type { Body, Tag } from '../sql/nodes.ts';

/** Where a statement is read. */
export interface Situation {
  readonly catalog: Catalog;
  /** Settings in force, lower case. */
  readonly settings: ReadonlyMap<string, string>;
  /** Major version of the server. */
  readonly pg: number;
  /** Only the schema that the statement leaves is asked for: which rows it changes, and by which values, is left out. */
  readonly schemaOnly?: true;
}

/** What a reader may ask besides the tree. */
export interface Reading extends Situation {
  /** Reads a statement inside the statement. */
  readonly read: (statement: Pick<Statement, 'node' | 'error'>, at: Situation) => readonly Change[];
}

/** One entry per statement node; a node without an entry is opaque. */
export type Readers = { readonly [K in Tag]?: (body: Body<K>, at: Reading) => readonly Change[] };
