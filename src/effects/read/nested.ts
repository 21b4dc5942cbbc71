import type { Change } from '../../model/effect.ts';
import type { Node } from '../../model/source.ts';
import type { Reading } from '../reader.ts';
import { settle } from './settled.ts';

type Read = (statement: { node: Node; error?: string }, at: Reading) => readonly Change[];
let reader: Read | null = null;

/** `read` gives itself to the readers of bodies, which would otherwise import the table that imports them. */
export function nest(read: Read): void {
  reader = read;
}

/** The changes of a statement inside a body. */
export const nested = (node: Node, at: Reading): readonly Change[] => reader?.({ node }, at).map(settle) ?? [];
