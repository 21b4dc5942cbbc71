import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Arguments } from '../config/flags.ts';
import type { Options } from '../config/options.ts';
import { expectFolder, putText } from '../input/command-line/report-file.ts';
import { hasColour } from '../input/command-line/terminal.ts';
import { loadConfiguration } from '../input/configuration.ts';
import type { DeployReport, HistoryExport } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import { visibleJson } from '../model/visible.ts';
import { renderDeploy } from '../render/deploy.ts';
import { checkout } from '../repo/checkout.ts';
import { startOf, type Start } from '../repo/start.ts';
import { answer } from './answer.ts';
import { reportOnDatabase } from './on-database.ts';
import { expectations, wantedTables } from './expectations.ts';
import { readExport } from './export.ts';
import { readHistory } from './read.ts';

/** What a command prints, and how its process ends. */
interface Outcome {
  readonly text: string;
  readonly code: 0 | 1 | 2;
}

/**
 * Runs `deploy` or `history`, and prints what it says, or writes it where the arguments say; the exit status.
 * @throws UserError for mistakes in the arguments and in the configuration
 */
export async function onHistory(given: Arguments, version: string): Promise<number> {
  if (given.output !== null) await expectFolder(given.output);
  const colour = given.output === null && hasColour(process.stdout);
  const { text, code } = await (given.command === 'history'
    ? history(given, version)
    : deploy(given, { version, colour }));
  await putText(text, given.output);
  return code;
}

interface Place {
  readonly start: Start;
  readonly repo: Repo;
  readonly options: Options;
}

async function placeOf({ given, operands }: Arguments): Promise<Place> {
  const start = await startOf(process.cwd());
  const repo = await checkout(start.top);
  const flags = operands.length > 0 ? new Map([...given, ['paths', operands]] as const) : given;
  const { options } = await loadConfiguration(start, { inputs: new Map(), flags }, { repo });
  return { start, repo, options };
}

const CODES: Readonly<Record<DeployReport['verdict'], Outcome['code']>> = {
  go: 0,
  warn: 0,
  block: 1,
  'could-not-judge': 2,
};

/**
 * `migration-gate deploy`: may the migrations of this checkout go to that database, and what does the tool do with each?
 * @throws UserError for mistakes in the arguments and in the configuration
 */
async function deploy(given: Arguments, { version, colour }: { version: string; colour: boolean }): Promise<Outcome> {
  const { format, databaseUrl, history } = given;
  if (format !== 'text' && format !== 'json' && format !== 'markdown')
    throw new UserError(`--format: must be one of text, json, markdown for deploy; got "${format}".`);
  if (history !== null && databaseUrl !== null)
    throw new UserError('--history: cannot be used with --database-url. Remove one of them.');
  const place = await placeOf(given);
  const report = await reportOn(given, place, version).catch((error: unknown): DeployReport => {
    if (!(error instanceof UserError)) throw error;
    return {
      version,
      verdict: 'could-not-judge',
      reasons: [error.message],
      hint: error.hint,
      ...{ database: null, histories: [], migrations: [], preflight: [], notes: [] },
    };
  });
  return { text: renderDeploy(report, format, colour), code: CODES[report.verdict] };
}

async function reportOn(given: Arguments, place: Place, version: string): Promise<DeployReport> {
  const { start, repo, options } = place;
  const expected = await expectations(repo, options);
  // Every path is one of the checkout, which has followed its links.
  const bytes = (path: string): Uint8Array => readFileSync(join(start.top, path));
  if (given.history === null)
    return await reportOnDatabase(urlOf(given.databaseUrl), place, { expected, bytes, version });
  const report = answer(expected, await exported(given.history), { bytes, version });
  return {
    ...report,
    notes: [...report.notes, 'The live database was not checked, because the history is from a file.'],
  };
}

async function exported(path: string): Promise<HistoryExport> {
  const text = await readFile(resolve(path), 'utf8').catch((cause: unknown) => {
    throw new UserError(`--history: file ${JSON.stringify(path)} cannot be read.`, { cause });
  });
  return readExport(text, path);
}

/**
 * `migration-gate history`: the history tables of a database as JSON, for `deploy --history`.
 * @throws UserError where the database cannot be read, or has no history table
 */
async function history(given: Arguments, version: string): Promise<Outcome> {
  const { repo, options } = await placeOf(given);
  // It may run where the migrations are not: then the tables have their usual names.
  const expected = await expectations(repo, options).catch((error: unknown) => {
    if (error instanceof UserError) return [];
    throw error;
  });
  const recorded = await readHistory(urlOf(given.databaseUrl), wantedTables(options, expected), version);
  if (recorded.tables.length === 0)
    throw new UserError('The database has no history table of a known migration tool.', {
      hint: 'Check that the URL names the right database, or set history-table.',
    });
  return { text: `${visibleJson(JSON.stringify(recorded, null, 2))}\n`, code: 0 };
}

const DEFAULT_VARIABLE = 'DATABASE_URL';

/** The URL itself, or the environment variable that holds it, so that it need not stand in the list of processes. */
function urlOf(given: string | null): string {
  const name = given ?? DEFAULT_VARIABLE;
  if (/^postgres(ql)?:\/\//.test(name)) return name;
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new UserError('--database-url: must be a postgres:// URL, or the name of an environment variable.', {
      hint: 'Format: postgres://user:password@host:5432/database',
    });
  const url = process.env[name];
  if (url === undefined || url === '')
    throw new UserError(`--database-url: the environment variable ${name} is not set.`, {
      hint: 'Set it to the URL of the database: postgres://user:password@host:5432/database',
    });
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new UserError(`--database-url: the environment variable ${name} is not a postgres:// URL.`, {
    hint: 'Format: postgres://user:password@host:5432/database',
  });
}
