import { nameOf, numeric, withoutExtension } from '../entries.ts';
import type { Entry, FileMigration } from '../tool.ts';
import type { Checked } from './checked.ts';

/** Shorter words, and shorter numbers, say little. */
const FEWEST_LETTERS = 4;
const FEWEST_DIGITS = 2;

const plainName = (name: string): string => withoutExtension(nameOf(name)).replace(/\.py$/, '');

/** Of a name, once: it is compared with many others. */
const once = (work: (name: string) => string): ((name: string) => string) => {
  const known = new Map<string, string>();
  return name => {
    const pairs = known.get(name) ?? work(name);
    known.set(name, pairs);
    return pairs;
  };
};

/** What stays of a name when its number changes, wherever the tool puts the number. */
const wordsOf = once(name =>
  plainName(name)
    .replace(/^[VUR](?=[\d_])/, '')
    .replace(/[\d._-]+/g, '')
    .toLowerCase(),
);

const numberOf = once(name => numeric(/\d+/.exec(plainName(name))?.[0] ?? ''));

/**
 * Which recorded migration a file is, that is not recorded under its own name: one of the same checksum, else of the same
 * number, else of the same words, if there is exactly one of each. `all`: also the files that are recorded.
 */
export function renames(
  files: readonly FileMigration[],
  missing: readonly Entry[],
  { checked, all }: { readonly checked: Checked; readonly all: readonly FileMigration[] },
): ReadonlyMap<FileMigration, readonly [Entry, why: string]> {
  const pairs = new Map<FileMigration, readonly [Entry, string]>();
  const matched = new Set<Entry>();
  const pair = (isSame: (one: FileMigration, entry: Entry) => boolean, why: string): void => {
    for (const one of files) {
      if (pairs.has(one)) continue;
      const same = missing.filter(entry => !matched.has(entry) && isSame(one, entry));
      const [entry] = same;
      if (entry === undefined || same.length > 1) continue;
      if (files.filter(other => !pairs.has(other) && isSame(other, entry)).length > 1) continue;
      pairs.set(one, [entry, why]);
      matched.add(entry);
    }
  };
  // The text of several files, as of empty ones, says nothing.
  const alone = new Map(missing.map(entry => [entry, all.filter(one => checked.isOf(one, entry)).length === 1]));
  pair((one, entry) => alone.get(entry) === true && checked.isOf(one, entry), 'has the same checksum');
  pair(({ id }, { name }) => {
    const digits = /\d+/.exec(plainName(id))?.[0] ?? '';
    return digits.length >= FEWEST_DIGITS && numberOf(id) === numberOf(name);
  }, 'has the same number');
  pair(({ id }, { name }) => {
    const words = wordsOf(id);
    return words.length >= FEWEST_LETTERS && words === wordsOf(name);
  }, 'has the same name but for its number');
  return pairs;
}
