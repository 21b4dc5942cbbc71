import type { MigrationState } from '../../model/deploy-report.ts';
import { UserError } from '../../model/errors.ts';
import { ofFile, type Compared, type Sides } from './found.ts';
import { failed, missingState } from './names.ts';

/** Tools that record nothing but the version at which the database is. */
export function compareOneVersion(sides: Sides): Compared {
  const { tool, files, entries } = sides;
  const [entry] = entries;
  if (entries.length > 1)
    throw new UserError(`The history table of ${tool.id} must have at most one row; it has ${entries.length}.`, {
      hint: 'Check that the table belongs to this tool; another tool may use the same name.',
    });
  const version = BigInt(entry === undefined || !/^-?\d+$/.test(entry.key) ? -1 : entry.key);
  const isThere = files.some(one => tool.key(one) === entry?.key);
  const states = files.map((one): MigrationState => {
    const own = BigInt(tool.key(one));
    if (entry && own === version && entry.mark !== 'applied') return failed(sides, one, entry, one.pieces);
    if (own <= version)
      return ofFile(sides, one, ['applied', 'nothing'], {
        because: `The database is at version ${String(version)}; the tool does not look at older files.`,
      });
    return ofFile(sides, one, ['pending', 'apply'], { because: 'It is newer than the version of the database.' });
  });
  const missing = entry && !isThere && version > 0n ? [missingState(sides, entry)] : [];
  const isPast = files.some(one => BigInt(tool.key(one)) < version);
  return {
    states: [...missing, ...states],
    checksum: null,
    notes: isPast
      ? [
          `${tool.id} records only the newest version: a file with a smaller number that was merged later is never applied, and counts as applied here.`,
        ]
      : [],
  };
}
