import type { Node } from '../model/source.ts';
import type { Tree } from './nodes.ts';

type Write = (node: Tree) => string;
let write: Write | null = null;

/** Loads the deparser, which costs a run without changed statements nothing. */
export async function loadDeparser(): Promise<void> {
  if (write) return;
  const { deparseSync } = await import('./deparser.ts');
  write = (node: Tree) => deparseSync(node);
}

/** The statement as SQL, without a semicolon; null where the deparser knows no spelling. */
export function deparse(node: Tree | Node): string | null {
  if (!write) throw new Error('loadDeparser() has not been awaited');
  try {
    return write(node as Tree)
      .replace(/(?<![ \t])[ \t]+$/gm, '')
      .trim();
  } catch {
    return null;
  }
}
