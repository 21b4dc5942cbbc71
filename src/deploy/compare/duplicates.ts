import type { MigrationState } from '../../model/deploy-report.ts';
import type { Reaction } from '../../frameworks/shared/reactions.ts';
import type { FileMigration } from '../tool.ts';
import { Checked } from './checked.ts';
import { effectOf, ofFile, type Sides } from './found.ts';

/** What a tool does with two files of one number, where nothing else is known. */
const REFUSES: Reaction<'refuse' | 'skip saying ok'> = ['refuse'];

/**
 * Files that the tool cannot tell from another one: those with its key, but for the one that was applied, as its checksum
 * says, or else the first.
 */
export function duplicates(sides: Sides): ReadonlyMap<FileMigration, MigrationState> {
  const { tool, files, entries } = sides;
  const reaction = tool.reactions.duplicate ?? REFUSES;
  const byKey = new Map<string, FileMigration[]>();
  for (const one of files) byKey.set(tool.key(one), [...(byKey.get(tool.key(one)) ?? []), one]);
  const checked = new Checked(sides);
  const states = new Map<FileMigration, MigrationState>();
  for (const [key, same] of byKey) {
    if (same.length < 2) continue;
    const entry = entries.find(one => one.key === key);
    const own = (entry && same.find(one => checked.isOf(one, entry))) ?? same[0];
    for (const one of same)
      if (one !== own)
        states.set(
          one,
          ofFile(sides, one, [reaction[0] === 'refuse' ? 'pending' : 'pending, skipped', reaction[0]], {
            because: `${own?.file ?? ''} has the same number or name, and the tool tells the two apart by nothing else; ${effectOf(reaction)}.`,
          }),
        );
  }
  return states;
}
