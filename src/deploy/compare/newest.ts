import type { MigrationState } from '../../model/deploy-report.ts';
import type { Entry, FileMigration } from '../tool.ts';
import { Checked } from './checked.ts';
import { ofFile, type Compared, type Sides } from './found.ts';
import { compareNames, late, latest, missingState, recorded } from './names.ts';

const isNumber = (key: string): boolean => /^\d+$/.test(key);

/** Tools that apply what is newer than the newest row, whatever the other rows are. */
export function compareNewest(sides: Sides): Compared {
  const { tool, files } = sides;
  const entriesByKey = latest(sides.entries, tool);
  const numbers = [...entriesByKey.keys()];
  if (!files.every(one => isNumber(tool.key(one))) || !numbers.every(isNumber)) return compareNames(sides);
  const newest = numbers.map(BigInt).reduce((a, b) => (b > a ? b : a), -1n);
  const newestName = entriesByKey.get(String(newest))?.name ?? '';
  const checked = new Checked(sides);
  const entryOf = (one: FileMigration): Entry | null => {
    const entry = entriesByKey.get(tool.key(one));
    return entry && tool.isOf(one, entry) ? entry : null;
  };
  const own = new Set(files.map(entryOf));
  const unmatched = new Set([...entriesByKey.values()].filter(entry => !own.has(entry)));
  const states = files.map((one): MigrationState => {
    const key = tool.key(one);
    const entry = entryOf(one);
    if (entry) return recorded(sides, one, entry, checked);
    const isNew = BigInt(key) > newest;
    const same = [...unmatched].find(other => checked.isOf(one, other));
    if (same) {
      unmatched.delete(same);
      const what = `Its text is recorded as applied at ${same.name}`;
      return isNew
        ? ofFile(sides, one, ['pending', 'run twice', same.at], {
            because: `${what}, and its own time is newer than every row; the tool applies it a second time.`,
            recordedAs: same.name,
          })
        : ofFile(sides, one, ['applied', 'nothing', same.at], { because: `${what}.`, recordedAs: same.name });
    }
    if (isNew) return ofFile(sides, one, ['pending', 'apply'], { because: 'It is not applied; the tool applies it.' });
    return late(sides, one, `It is not newer than the newest row, ${newestName}, and has no row of its own`);
  });
  return {
    states: [...[...unmatched].map(entry => missingState(sides, entry)), ...states],
    checksum: checked.description,
    notes: [],
  };
}
