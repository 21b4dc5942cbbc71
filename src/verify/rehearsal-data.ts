import type { Options } from '../config/options.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import { matches } from '../config/glob.ts';
import { checksOf, promiseOf, type Check, isQuery } from '../rehearse/integrity/checks.ts';
import type { Key } from '../model/schema.ts';
import type { OnDatabase } from '../model/commands.ts';
import type { Data } from './data.ts';

/** Both sides of a change; without a base, of none. */
export interface DataFiles {
  readonly repo: Repo;
  readonly base: Repo | null;
}

/**
 * What the options say of rows, their use, and what must be true of them. As with the configuration, the files are those
 * of the base, so that a change cannot weaken what it is checked by; checks that it adds are asked, too.
 */
export async function rehearsalData(
  options: Options,
  { repo, base }: DataFiles,
  seedCommand: OnDatabase | null,
): Promise<Data> {
  const seeded = options.seed.length > 0 || seedCommand !== null;
  if (options['integrity-checks'].length > 0 && options['generate-rows'] === 0 && !seeded)
    throw new UserError('integrity-checks need rows in the tables.', {
      hint: 'Set generate-rows, seed or seed-command.',
    });
  const past = options['config-from'] === 'base' ? base : null;
  return {
    rows: options['generate-rows'],
    // Rows go in before the change is made, whose own may not fit yet.
    seed: await filesOf('seed', options.seed, past && anyIn(past, options.seed) ? past : repo),
    seedCommand,
    checks: await checksFrom(options['integrity-checks'], past ? withAdded(past, repo) : repo),
    rowCounts: new Map(options['row-counts'].map(countOf)),
    inUse: options['concurrent-load'],
  };
}

const anyIn = ({ paths }: Repo, globs: readonly string[]): boolean => paths.some(path => matches(globs, path));

function withAdded(base: Repo, repo: Repo): Repo {
  const old = new Set(base.paths);
  const added = repo.paths.filter(path => !old.has(path));
  return { paths: [...base.paths, ...added].sort(), read: path => (old.has(path) ? base : repo).read(path) };
}

async function filesOf(
  option: string,
  globs: readonly string[],
  repo: Repo,
): Promise<{ readonly file: string; readonly sql: string }[]> {
  const paths = repo.paths.filter(path => matches(globs, path)).sort();
  if (globs.length > 0 && paths.length === 0) throw new UserError(`${option}: no file matches ${globs.join(', ')}.`);
  return await Promise.all(paths.map(async file => ({ file, sql: await repo.read(file) })));
}

async function checksFrom(entries: readonly string[], repo: Repo): Promise<Check[]> {
  const files = await filesOf(
    'integrity-checks',
    entries.filter(entry => !isQuery(entry)),
    repo,
  );
  return [...entries.filter(isQuery).map(checkOf), ...files.flatMap(({ file, sql }) => checksOf(file, sql))];
}

function checkOf(entry: string): Check {
  const [, promise = '', sql = ''] = /^([^:]*):(.*)$/s.exec(entry) ?? [];
  const must = promiseOf(promise);
  if (must === null || sql.trim() === '')
    throw new UserError(`integrity-checks: cannot parse ${JSON.stringify(entry)}.`, {
      hint: 'Format: "must return no rows: select …", "must not change: select …" or "must be between 1 and 9: select …".',
    });
  return { name: JSON.stringify(sql.trim()), sql, must, span: null };
}

function countOf(entry: string): [Key, number] {
  const [, name = '', count = ''] = /^\s*(\S+?)\s*[:=\s]\s*([\d_]+)\s*$/.exec(entry) ?? [];
  const rows = Number(count.replaceAll('_', ''));
  if (name === '' || count === '' || !Number.isSafeInteger(rows))
    throw new UserError(`row-counts: cannot parse ${JSON.stringify(entry)}.`, {
      hint: 'Format: "orders: 12000000".',
    });
  return [name.includes('.') ? name : `public.${name}`, rows];
}
