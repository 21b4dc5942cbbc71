import { alike, isFilledSame, isSame, isSameCode, isUnread, likeness, sendSame, type Sides } from './texts.ts';
import { byId, exactly, type Unit } from './units.ts';

/** A migration of the head, with what it was. */
export interface Match {
  readonly is: Unit;
  readonly was: Unit | null;
  /** `moved`: the tool knows it by the same name, in another file. */
  readonly status: 'same' | 'moved' | 'edited' | 'renamed' | 'new';
  /** The file that it sends, and by which alone it is edited. */
  readonly by?: string | undefined;
  /** It is code that the program imports. */
  readonly isImport?: true;
  /** By the configuration alone, which fills in its placeholders. */
  readonly filled?: true;
}

export interface Matched {
  readonly matches: readonly Match[];
  /** Of the base, and no more. */
  readonly removed: readonly Unit[];
}

/** From here on two migrations are one under another name. */
const ALIKE = 0.5;

interface Diff extends Sides {
  /** Files that differ between the two sides; all others are the same without being looked at. */
  readonly touched: ReadonlySet<string>;
  /** The old path of a file that git takes for a renamed one. */
  readonly previous: ReadonlyMap<string, string>;
}

/** What became of each migration of a history. */
export async function match(heads: readonly Unit[], bases: readonly Unit[], diff: Diff): Promise<Matched> {
  const unmatched = new Set(bases);
  const matched = new Map<Unit, Unit>();
  const take = (is: Unit, was: Unit | undefined): void => {
    if (was === undefined || !unmatched.has(was)) return;
    unmatched.delete(was);
    matched.set(is, was);
  };
  const places = new Map(bases.map(unit => [exactly(unit), unit]));
  for (const is of heads) take(is, places.get(exactly(is)));
  const ids = new Map([...unmatched].map(unit => [byId(unit), unit]));
  for (const is of rest(heads, matched)) take(is, ids.get(byId(is)));
  const renamed = new Set<Unit>();
  for (const is of rest(heads, matched)) {
    const was = original(is, unmatched, diff.previous);
    if (was) renamed.add(is);
    take(is, was);
  }
  const matches = await Promise.all(
    heads.map(async (is): Promise<Match> => {
      const was = matched.get(is) ?? null;
      if (was === null) return { is, was, status: 'new' };
      if (renamed.has(is)) return { is, was, status: 'renamed' };
      const isSameFile = was.file === is.file && was.framework === is.framework;
      if (isSameFile && !isTouched(is, was, diff.touched))
        return {
          is,
          was,
          status: isFilledSame(was, is) ? 'same' : 'edited',
          ...(!isFilledSame(was, is) && { filled: true }),
        };
      const by = isSameFile ? (sentAlone(is, was, diff.touched) ?? (await importedAlone(is, was, diff))) : undefined;
      const isImport = by !== undefined && is.parts.some(({ imports }) => imports?.includes(by));
      const same = by === undefined ? await alike(was, is, diff) : sendSame(was, is) && !(isImport && isUnread(is));
      if (!same) return { is, was, status: 'edited', by, ...(isImport && { isImport }) };
      return { is, was, status: was.file === is.file ? 'same' : 'moved' };
    }),
  );
  return { matches, removed: [...unmatched] };
}

const isTouched = (is: Unit, was: Unit, touched: ReadonlySet<string>): boolean =>
  touched.has(is.file) || sentAlone(is, was, touched) !== undefined || importedBy(is, was, touched).length > 0;

/** Touched code that an untouched program imports. */
const importedBy = (is: Unit, was: Unit, touched: ReadonlySet<string>): string[] =>
  touched.has(is.file)
    ? []
    : [...new Set([...is.parts, ...was.parts].flatMap(({ imports = [] }) => imports))].filter(file =>
        touched.has(file),
      );

/** The first of it that is other code now. */
async function importedAlone(is: Unit, was: Unit, known: Diff): Promise<string | undefined> {
  for (const file of importedBy(is, was, known.touched)) if (!(await isSameCode(file, known))) return file;
  return undefined;
}

/** A touched file that an untouched one sends. */
const sentAlone = (is: Unit, was: Unit, touched: ReadonlySet<string>): string | undefined =>
  touched.has(is.file)
    ? undefined
    : [...is.parts, ...was.parts].flatMap(({ includes = [] }) => includes).find(file => touched.has(file));

const rest = (units: readonly Unit[], matched: ReadonlyMap<Unit, Unit>): Unit[] =>
  units.filter(unit => !matched.has(unit));

/** What a migration was before it had this name. */
function original(is: Unit, unmatched: ReadonlySet<Unit>, previous: ReadonlyMap<string, string>): Unit | undefined {
  const others = [...unmatched].filter(({ direction, repeatable }) => direction === is.direction && !repeatable);
  const moved = others.find(({ file }) => file === previous.get(is.file));
  if (moved) return moved;
  const same = others.find(was => isSame(was, is));
  if (same) return same;
  let best: Unit | undefined;
  let most = ALIKE;
  for (const was of others) {
    const share = likeness(was, is);
    if (share >= most) [best, most] = [was, share + Number.EPSILON];
  }
  return best;
}
