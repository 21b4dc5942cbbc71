import { natural } from '../frameworks/shared/order.ts';
import { nameOf } from './entries.ts';
import type { History, Migration } from '../model/source.ts';
import type { FileMigration } from './tool.ts';

/** The bytes of a file of the checkout. */
export type Bytes = (path: string) => Uint8Array;

/** What a tool counts as one migration: the up migrations of these histories, in order, each once. */
export function filesOf(
  histories: readonly History[],
  { bytes, piecewise }: { readonly bytes: Bytes; readonly piecewise: boolean },
): FileMigration[] {
  const byId = new Map<string, Migration>();
  for (const { migrations } of histories)
    for (const one of migrations)
      if (one.direction === 'up' && !byId.has(`${one.id}\n${one.file}`)) byId.set(`${one.id}\n${one.file}`, one);
  const all = [...byId.values()];
  // Each is in its order; together, files are in that of their names.
  if (histories.length > 1) all.sort((a, b) => natural(nameOf(a.file), nameOf(b.file)) || natural(a.id, b.id));
  return all.map((one, at) => ({
    id: one.id,
    file: one.file,
    at,
    bytes: bytes(one.file),
    transaction: one.transaction,
    piecewise,
    pieces: piecesOf(one.sql),
    repeatable: one.repeatable === true,
    when: one.when ?? null,
  }));
}

const piecesOf = (sql: string): number => sql.split(';').filter(piece => piece.trim() !== '').length;
