import type { History } from '../model/source.ts';
import { isSame } from './texts.ts';
import { byId, exactly, unitsOf, type Unit } from './units.ts';

/** A history of the head, and what it was before the change; null for a new database's. */
export interface Pair {
  readonly head: History;
  readonly base: History | null;
  /** The base's own folder holds it still: these files are its copies. */
  readonly copied: boolean;
}

/**
 * Which history of the base each of the head goes on with: that of its tool and folder, that of its folder, that within
 * or around it, and where the files were moved or copied, that of the same migrations.
 */
export function paired(heads: readonly History[], bases: readonly History[]): Pair[] {
  const namesakes = new Map(heads.map(head => [head, namesake(head, bases)]));
  const used = new Set(namesakes.values());
  return heads.map(head => {
    const own = namesakes.get(head);
    if (own) return { head, base: own, copied: false };
    const base = likest(head, bases, used);
    return { head, base, copied: used.has(base ?? undefined) };
  });
}

const namesake = ({ framework, root }: History, bases: readonly History[]): History | undefined =>
  bases.find(base => base.framework === framework && base.root === root) ??
  bases.find(base => base.root === root) ??
  bases.find(base => base.framework === framework && isAround(base.root, root));

/** That of which most is here: of one that went away, anything; of one that is still there, half of it. */
function likest(head: History, bases: readonly History[], used: ReadonlySet<History | undefined>): History | null {
  let best: History | null = null;
  let most = 0;
  const own = unitsOf(head);
  for (const base of bases) {
    const all = unitsOf(base);
    const shared = sharing(own, all);
    if (shared > most && (!used.has(base) || shared * 2 >= all.length)) [best, most] = [base, shared];
  }
  return best;
}

const isAround = (a: string, b: string): boolean =>
  a === '' || b === '' || b.startsWith(`${a}/`) || a.startsWith(`${b}/`);

/** How many of these are those, wherever they are kept. */
function sharing(heads: readonly Unit[], bases: readonly Unit[]): number {
  const places = new Set(bases.map(exactly));
  const ids = new Map(bases.map(unit => [byId(unit), unit]));
  return heads.filter(unit => {
    const other = ids.get(byId(unit));
    return places.has(exactly(unit)) || (other !== undefined && isSame(other, unit));
  }).length;
}
