import type { ChangedFile, History, Migration } from '../model/source.ts';
import { behaviorOf, type ToolBehavior } from './tool-behavior.ts';
import { match, type Match } from './match.ts';
import { paired, type Pair } from './base-and-head.ts';
import { remainder } from './remainder.ts';
import type { Sides } from './texts.ts';
import { exactly, unitsOf, type Unit } from './units.ts';

/** One history of the head beside what it was. */
export interface Compared extends Pair {
  readonly matches: readonly Match[];
  /** What stands in no history of the head any more. */
  readonly removed: readonly Unit[];
  /** New ones that sort before a merged one. */
  readonly late: readonly Unit[];
  /** What the configuration of the base has the tool do with them; its default where it does not say. */
  readonly lateIs?: ToolBehavior['late'];
  /** New ones with the version of another. */
  readonly doubled: readonly (readonly [Unit, Unit])[];
}

/** Every history of the head beside what it was, and those that no history of the head goes on with. */
export async function compared(
  { heads, bases }: { readonly heads: readonly History[]; readonly bases: readonly History[] },
  sides: Sides,
  changed: readonly ChangedFile[],
): Promise<{ readonly all: readonly Compared[]; readonly deletedHistories: readonly History[] }> {
  const touched = new Set(changed.flatMap(({ path, previous }) => [path, previous ?? path]));
  const previous = new Map(changed.flatMap(file => (file.previous === undefined ? [] : [[file.path, file.previous]])));
  const pairs = paired(heads, bases);
  const all: Compared[] = [];
  for (const pair of pairs) all.push(await one(pair, { ...sides, touched, previous }));
  const deletedHistories = bases.filter(base => !pairs.some(pair => pair.base === base));
  return { all: together(all), deletedHistories };
}

async function one({ head, base, copied }: Pair, diff: Parameters<typeof match>[2]): Promise<Compared> {
  if (base === null) {
    const matches = unitsOf(head).map((is): Match => ({ is, was: null, status: 'new' }));
    return { head, base, copied, matches, removed: [], late: [], doubled: doubles(matches) };
  }
  const { matches, removed } = await match(unitsOf(head), unitsOf(base), diff);
  return {
    head,
    base,
    copied,
    matches,
    removed: copied ? [] : removed,
    late: lateOf(head.framework, matches),
    ...(base.late && { lateIs: base.late }),
    doubled: doubles(matches),
  };
}

/** Where several histories go on with one of the base, gone is what none of them has; and a version is one for all. */
function together(all: readonly Compared[]): Compared[] {
  return all.map(one => {
    const others = all.filter(other => other !== one && other.base !== null && other.base === one.base);
    if (others.length === 0) return one;
    const usedFiles = new Set(others.flatMap(({ matches }) => matches.map(({ was }) => was?.file)));
    const first = all.find(({ base }) => base === one.base) === one;
    const doubled = doubles([...others.flatMap(({ matches }) => matches.filter(({ was }) => was)), ...one.matches]);
    return { ...one, removed: first ? one.removed.filter(({ file }) => !usedFiles.has(file)) : [], doubled };
  });
}

const isUp = ({ is }: Match): boolean => is.direction === 'up' && !is.repeatable;

/** New ones before the last merged one, in the order in which the tool would run them. */
function lateOf(framework: string, matches: readonly Match[]): Unit[] {
  const { late } = behaviorOf(framework);
  if (late === 'unordered') return [];
  const ups = matches.filter(isUp).filter(({ is }) => framework !== 'plain-sql' || isNumbered(is.file));
  const newest = Math.max(...ups.flatMap(({ was, is }) => (was === null ? [] : (is.parts[0]?.when ?? []))));
  const last = ups.findLastIndex(({ was, status }) => was !== null && status !== 'renamed');
  return ups.flatMap(({ is, status }, at) => {
    const when = is.parts[0]?.when;
    return status === 'new' && (at < last || (when !== undefined && when <= newest)) ? is : [];
  });
}

const isNumbered = (file: string): boolean => /(^|\/)[Vv]?\d[^/]*(\/[^/]*)?$/.test(file);

/** Pairs of one version of which one at least is new. */
function doubles(matches: readonly Match[]): (readonly [Unit, Unit])[] {
  const versions = new Map<string, Match>();
  const pairs: (readonly [Unit, Unit])[] = [];
  for (const one of matches.filter(isUp)) {
    const version = versionOf(one.is);
    const other = version === null ? undefined : versions.get(version);
    if (version !== null && !other) versions.set(version, one);
    if (!other || other.is.file === one.is.file) continue;
    if (one.was === null) pairs.push([one.is, other.is]);
    else if (other.was === null) pairs.push([other.is, one.is]);
  }
  return pairs;
}

function versionOf({ framework, id, file }: Unit): string | null {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (framework === 'plain-sql') return /^\d+(?=[_.-])/.exec(name)?.[0].replace(/^0+/, '') ?? null;
  if (behaviorOf(framework).version === 'name') return null;
  const digits = /^[Vv]?(\d+(?:[._]\d+)*)/.exec(id)?.[1] ?? id;
  return framework === 'flyway' || framework === 'refinery' ? digits : digits.replace(/[._].*$/, '').replace(/^0+/, '');
}

/**
 * The history as it will run: all of the base, then what of the head is new, in its order. Migrations that nobody
 * touched are those of the head, which may have been read more closely. Edits that are `open` run in the place of what they were.
 */
export function asItRuns(
  { head, base, matches, removed }: Compared,
  baseline: ReadonlySet<Unit> = new Set(),
  open: ReadonlySet<Match> = new Set(),
): History {
  if (base === null) return { ...head, migrations: marked(matches.flatMap(({ is }) => is.parts)) };
  const unchanged = new Map(
    matches.flatMap(({ is, was, status }) => (was && status === 'same' ? [[was, is] as const] : [])),
  );
  const others = matches.flatMap(({ was, status }) => (was && status !== 'same' ? [was] : []));
  // Only one down migration is taken: that of the head.
  const down = new Set([...others, ...removed].filter(({ direction }) => direction === 'down'));
  const edits = new Map([...open].flatMap(({ was, is }) => (was ? [[was, is] as const] : [])));
  const before = matchedUnits(base, matches)
    .filter(was => !down.has(was))
    .flatMap(was => {
      const edit = edits.get(was);
      return edit ? marked(edit.parts) : (unchanged.get(was) ?? was).parts.map(one => ({ ...one, changed: false }));
    });
  const again = sentAgain(matches);
  const after = matches.flatMap((match): Migration[] => {
    const { is, was, status, by, isImport } = match;
    // What code it imports now is not run again.
    if (isImport) return [];
    if (status === 'same' || open.has(match) || (status === 'moved' && is.direction === 'up') || baseline.has(is))
      return [];
    if (status === 'moved') return [...is.parts];
    if (was === null || is.direction === 'down' || is.repeatable) return marked(is.parts);
    return by !== undefined && again.has(by) ? [] : remainder(was, is);
  });
  return { ...head, migrations: [...before, ...after] };
}

/** Files that a new migration sends, and so applies to every database. */
export const sentAgain = (matches: readonly Match[]): ReadonlySet<string> =>
  new Set(
    matches.flatMap(({ is, status }) => (status === 'new' ? is.parts.flatMap(({ includes = [] }) => includes) : [])),
  );

/** The very units that the matches speak of, and those that are gone. */
function matchedUnits(base: History, matches: readonly Match[]): Unit[] {
  const baseUnits = new Map(matches.flatMap(({ was }) => (was ? [[exactly(was), was] as const] : [])));
  return unitsOf(base).map(unit => baseUnits.get(exactly(unit)) ?? unit);
}

const marked = (parts: readonly Migration[]): Migration[] => parts.map(part => ({ ...part, changed: true }));
