import type { Options } from './config/options.ts';
import { Expected } from './errors.ts';
import type { Repo } from './framework.ts';
import { matches } from './glob.ts';
import { checksOf, promiseOf, type Check } from './integrity/checks.ts';
import type { Key } from './model/schema.ts';
import type { OnDatabase } from './prove/tool-runs.ts';
import type { Data } from './prove/data.ts';

/** What the options say of rows, their use, and what must be true of them. */
export async function rehearsalData(options: Options, repo: Repo, seedCommand: OnDatabase | null): Promise<Data> {
  const seeded = options.seed.length > 0 || seedCommand !== null;
  if (options['integrity-checks'].length > 0 && options['generate-rows'] === 0 && !seeded)
    throw new Expected('integrity-checks need rows in the tables.', {
      hint: 'Set generate-rows, seed or seed-command.',
    });
  return {
    rows: options['generate-rows'],
    seed: await filesOf('seed', options.seed, repo),
    seedCommand,
    checks: await checksFrom(options['integrity-checks'], repo),
    rowCounts: new Map(options['row-counts'].map(countOf)),
    inUse: options['concurrent-load'],
  };
}

async function filesOf(
  option: string,
  globs: readonly string[],
  repo: Repo,
): Promise<{ readonly file: string; readonly sql: string }[]> {
  const paths = repo.paths.filter(path => matches(globs, path)).sort();
  if (globs.length > 0 && paths.length === 0) throw new Expected(`${option}: no file matches ${globs.join(', ')}.`);
  return await Promise.all(paths.map(async file => ({ file, sql: await repo.read(file) })));
}

async function checksFrom(entries: readonly string[], repo: Repo): Promise<Check[]> {
  const isQuery = (entry: string): boolean => /^must\b/i.test(entry);
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
    throw new Expected(`integrity-checks: cannot parse ${JSON.stringify(entry)}.`, {
      hint: 'Format: "must return no rows: select …", "must not change: select …" or "must be between 1 and 9: select …".',
    });
  return { name: JSON.stringify(sql.trim()), sql, must, span: null };
}

function countOf(entry: string): [Key, number] {
  const [, name = '', count = ''] = /^\s*(\S+?)\s*[:=\s]\s*([\d_]+)\s*$/.exec(entry) ?? [];
  const rows = Number(count.replaceAll('_', ''));
  if (name === '' || count === '' || !Number.isSafeInteger(rows))
    throw new Expected(`row-counts: cannot parse ${JSON.stringify(entry)}.`, {
      hint: 'Format: "orders: 12000000".',
    });
  return [name.includes('.') ? name : `public.${name}`, rows];
}
