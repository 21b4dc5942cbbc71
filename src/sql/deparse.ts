import type { Node } from '../model/source.ts';
import type { Tree } from './nodes.ts';

type Write = (node: Tree) => string;
let write: Write | null = null;

class NotLoaded extends Error {}

export async function loadDeparser(): Promise<void> {
  if (write) return;
  const { deparseSync } = await import('./deparser.ts');
  write = (node: Tree) => deparseSync(node);
}

/**
 * What `work` returns. It is done again, with the deparser, if it asked for that: most work does not, and the deparser is a
 * quarter of the code that a run would otherwise load.
 */
export async function deparsing<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && (error instanceof NotLoaded || error.cause instanceof NotLoaded))) throw error;
    await loadDeparser();
    return work();
  }
}

/**
 * The statement as SQL, without a semicolon; null where the deparser knows no spelling.
 * @throws where it is not loaded, which `deparsing` catches
 */
export function deparse(node: Tree | Node): string | null {
  if (!write) throw new NotLoaded('loadDeparser() has not been awaited');
  try {
    return write(node as Tree)
      .replace(/(?<![ \t])[ \t]+$/gm, '')
      .trim();
  } catch {
    return null;
  }
}
