import type { MigrationState } from '../../model/deploy-report.ts';
import type { Entry, FileMigration, HistoryTool, Mark } from '../tool.ts';
import { Checked } from './checked.ts';
import { effectOf, ofFile, withoutFile, type Compared, type Sides } from './found.ts';
import { renames } from './renamed.ts';

const WEIGHT: Readonly<Record<Mark, number>> = {
  none: 0,
  'rolled back': 1,
  baseline: 2,
  applied: 3,
  'half-applied': 4,
  failed: 5,
};

/** One entry for each key. */
export function latest(entries: readonly Entry[], { repeated }: HistoryTool): ReadonlyMap<string, Entry> {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    const before = byKey.get(entry.key);
    if (entry.mark === 'none') continue;
    if (!before || repeated === 'last' || WEIGHT[entry.mark] >= WEIGHT[before.mark]) byKey.set(entry.key, entry);
  }
  return byKey;
}

const isDone = (entry: Entry | undefined): boolean => entry !== undefined && entry.mark !== 'rolled back';

/** Tools for which a set of names decides what is pending. */
export function compareNames(sides: Sides): Compared {
  const { tool, files } = sides;
  const entriesByKey = latest(sides.entries, tool);
  const checked = new Checked(sides);
  const own = new Set(files.map(one => tool.key(one)));
  const absent = [...entriesByKey.values()].filter(({ key, mark }) => !own.has(key) && mark !== 'rolled back');
  const baseline = absent.find(({ mark }) => mark === 'baseline');
  const missing = absent.filter(({ mark }) => mark !== 'baseline');
  const applied = files.filter(one => !one.repeatable && isDone(entriesByKey.get(tool.key(one))));
  const last = Math.max(-1, ...applied.map(({ at }) => at));
  const newest = applied.find(({ at }) => at === last);
  const pending = files.filter(one => !isDone(entriesByKey.get(tool.key(one))));
  const renamed = renames(pending, missing, { checked, all: files });
  const states = files.map((one): MigrationState => {
    const entry = entriesByKey.get(tool.key(one));
    if (entry && entry.mark !== 'rolled back') return recorded(sides, one, entry, checked);
    if (baseline && isCovered(tool.key(one), baseline.key))
      return ofFile(sides, one, ['baseline', 'nothing'], {
        because: `The history begins with the baseline ${baseline.name}, which stands for it.`,
      });
    const rename = renamed.get(one);
    if (rename) return twice(sides, one, rename);
    if (one.at < last && newest && !one.repeatable)
      return late(sides, one, `It sorts before ${newest.id}, which is applied`);
    if (entry)
      return ofFile(sides, one, ['rolled back', 'apply', entry.at], {
        because: 'It is recorded as rolled back; the tool applies it again.',
      });
    return ofFile(sides, one, ['pending', 'apply'], { because: 'It is not applied; the tool applies it.' });
  });
  return {
    states: [...missing.map(entry => missingState(sides, entry)), ...states],
    checksum: checked.description,
    notes: [],
  };
}

/** Dotted numbers: at most the baseline's. */
function isCovered(key: string, baseline: string): boolean {
  const [a, b] = [key, baseline].map(text => (/^[\d.]+$/.test(text) ? text.split('.').map(BigInt) : null));
  if (!a || !b) return false;
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [x, y] = [a[at] ?? 0n, b[at] ?? 0n];
    if (x !== y) return x < y;
  }
  return true;
}

/** A file that is recorded under another name. */
export const twice = (
  sides: Sides,
  one: FileMigration,
  [{ name, at }, why]: readonly [Entry, why: string],
): MigrationState =>
  ofFile(sides, one, ['pending', 'run twice', at], {
    because: `It is recorded as ${name}, which has no file and ${why}: after a rename the tool applies it again.`,
    recordedAs: name,
  });

export function late(sides: Sides, one: FileMigration, why: string): MigrationState {
  const reaction = sides.tool.reactions.late;
  const state = reaction[0] === 'skip saying ok' ? 'pending, skipped' : 'out of order';
  return ofFile(sides, one, [state, reaction[0]], { because: `${why}; ${effectOf(reaction)}.` });
}

export function missingState(sides: Sides, entry: Entry): MigrationState {
  const { failed } = sides.tool.reactions;
  const missing = reactionToMissing(sides, entry);
  if (entry.mark === 'failed' || entry.mark === 'half-applied')
    return withoutFile(sides, entry, [entry.mark, failed[0]], `It failed, and has no file here; ${effectOf(failed)}.`);
  return withoutFile(
    sides,
    entry,
    ['missing', missing[0]],
    `It is applied, and has no file here; ${effectOf(missing)}.`,
  );
}

/** Newer than every file: as many rows come before it as there are files. */
function reactionToMissing({ tool, files, entries }: Sides, entry: Entry): HistoryTool['reactions']['missing'] {
  const { missing, missingNewest = missing } = tool.reactions;
  const reported = entries.filter(({ mark }) => mark !== 'none');
  return reported.indexOf(entry) >= files.length ? missingNewest : missing;
}

/** A file whose migration has a row. */
export function recorded(sides: Sides, one: FileMigration, entry: Entry, checked: Checked): MigrationState {
  const { reactions } = sides.tool;
  const { mark, at } = entry;
  if (mark === 'baseline')
    return ofFile(sides, one, ['baseline', 'nothing', at], { because: 'It is recorded as the baseline.' });
  const form = checked.match(one, entry);
  if (mark === 'failed' || mark === 'half-applied') return failed(sides, one, entry, form === null ? 2 : one.pieces);
  if (form !== null)
    return ofFile(sides, one, ['applied', 'nothing', at], {
      because: form === undefined ? 'It is recorded as applied.' : 'It is recorded as applied, with the same checksum.',
    });
  if (one.repeatable)
    return ofFile(sides, one, ['pending', 'apply', at], {
      because: 'It is repeatable, and its text has changed since; the tool applies it again.',
    });
  const doing =
    reactions.edited[0] === 'nothing'
      ? 'the tool does not compare it, and reports success'
      : effectOf(reactions.edited);
  return ofFile(sides, one, ['edited', reactions.edited[0], at], {
    because: `It is applied with another text: the file no longer has the recorded checksum; ${doing}.`,
  });
}

/** How files are sent whose statements commit one by one. */
const PIECEWISE: ReadonlySet<FileMigration['transaction']> = new Set(['per-statement', 'as-written']);

/** `pieces`: statements of the text that failed; two if that is another one, and not known. */
export function failed(sides: Sides, one: FileMigration, entry: Entry, pieces: number): MigrationState {
  const reaction = sides.tool.reactions.failed;
  const isHalf = entry.mark === 'half-applied' || PIECEWISE.has(one.transaction) || (one.piecewise && pieces > 1);
  const part = isHalf
    ? 'its statements commit individually, so part of it may be there'
    : 'it failed or is still running';
  return ofFile(sides, one, [isHalf ? 'half-applied' : 'failed', reaction[0], entry.at], {
    because: `It is recorded as begun and not as finished: ${part}; ${effectOf(reaction)}.`,
  });
}
