import type { Options } from '../config/options.ts';
import { historyText } from '../input/history-files.ts';
import type { Applied, AppliedTo } from '../model/applied.ts';
import type { HistoryExport, MigrationStateName } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import { answer, type Expectation } from './answer.ts';
import { expectations } from './expectations.ts';
import { readExport } from './export.ts';

/** Nothing of these is in the database. What has failed may be there in part. */
const NOT_APPLIED: ReadonlySet<MigrationStateName> = new Set([
  'pending',
  'pending, skipped',
  'out of order',
  'rolled back',
]);

/** Where the change is, and what it is compared with. */
export interface Place {
  readonly cwd: string;
  readonly top: string;
  readonly base?: Repo | null | undefined;
  /** Files that the user named as the change: nothing is known of others. */
  readonly named?: readonly string[] | undefined;
}

/**
 * Which merged migrations are applied where, by the histories that the options name; null if they name none.
 * @throws UserError where a history cannot be read or compared: then nothing is known to be applied nowhere
 */
export async function appliedBy(
  options: Options,
  { cwd, top, base = null, named = [] }: Place,
  version: string,
): Promise<Applied | null> {
  const { history: paths } = options;
  if (paths.length === 0) return null;
  if (base === null)
    throw new UserError('--history: the files before the change are not known, so they cannot be compared with it.', {
      hint: 'Make the base commit available to git: --base REF, or `fetch-depth: 0` in CI. It cannot be used with --all.',
    });
  const expected = await expectations(base, options);
  const bytes = await bytesOf(expected, base);
  const found = new Map<string, AppliedTo[]>();
  const databases: AppliedTo[] = [];
  for (const path of paths) {
    const recorded = readExport(await historyText(path, { cwd, top, base, isNamed: named.length > 0 }), path);
    const to = { database: recorded.database.name, readAt: recorded.database.readAt };
    databases.push(to);
    for (const [key, isApplied] of statesIn(recorded, { expected, bytes, version, path }))
      found.set(key, [...(found.get(key) ?? []), ...(isApplied ? [to] : [])]);
  }
  const keys = new Map([...found].map(([key, all]) => [key, all.length]));
  return {
    databases,
    // A file that no history was compared with may be applied.
    where: (file, id) => found.get(keyOf(file, id)) ?? databases,
    open: [...keys].flatMap(([key, count]) => (count === 0 ? [key.slice(key.indexOf('\n') + 1)] : [])),
  };
}

const keyOf = (file: string, id: string): string => `${file}\n${id}`;

async function bytesOf(expected: readonly Expectation[], base: Repo): Promise<(path: string) => Uint8Array> {
  const files = new Set(
    expected.flatMap(({ histories }) => histories.flatMap(one => one.migrations.map(({ file }) => file))),
  );
  const texts = new Map<string, Uint8Array>();
  for (const file of files) texts.set(file, Buffer.from(await base.read(file)));
  return path => texts.get(path) ?? new Uint8Array();
}

interface Compared {
  readonly expected: readonly Expectation[];
  readonly bytes: (path: string) => Uint8Array;
  readonly version: string;
  readonly path: string;
}

function statesIn(recorded: HistoryExport, { expected, bytes, version, path }: Compared): [string, boolean][] {
  const { verdict, reasons, hint, migrations } = answer(expected, recorded, { bytes, version });
  if (verdict === 'could-not-judge')
    throw new UserError(`--history: ${JSON.stringify(path)}: ${reasons[0] ?? 'it could not be compared.'}`, { hint });
  return migrations.flatMap(({ file, id, state }): [string, boolean][] =>
    file === null ? [] : [[keyOf(file, id), !NOT_APPLIED.has(state)]],
  );
}
