import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Arguments } from '../config/flags.ts';
import { expectFolder, putText } from '../input/command-line/report-file.ts';
import { hasColour } from '../input/command-line/terminal.ts';
import { loadConfiguration } from '../input/configuration.ts';
import type { DeployReport } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import { visibleJson } from '../model/visible.ts';
import { renderDeploy } from '../render/deploy.ts';
import { checkout } from '../repo/checkout.ts';
import { startOf } from '../repo/start.ts';
import { expectations, wantedTables } from './expectations.ts';
import { readExport } from './export.ts';
import { readHistory } from './read.ts';
import { reportFor, type Place, type Source } from './report.ts';
import { DEFAULT_VARIABLE, isUrl, urlIn } from './url.ts';

/** What a command prints, and how its process ends. */
interface Outcome {
  readonly text: string;
  readonly code: 0 | 1 | 2;
}

/**
 * Runs `deploy` or `history`, and prints what it says, or writes it where the arguments say; the exit status.
 * @throws UserError for mistakes in the arguments and in the configuration
 */
export async function onHistory(args: Arguments, version: string): Promise<number> {
  if (args.output !== null) await expectFolder(args.output);
  const colour = args.output === null && hasColour(process.stdout);
  const { text, code } = await (args.command === 'history'
    ? history(args, version)
    : deploy(args, { version, colour }));
  await putText(text, args.output);
  return code;
}

async function placeOf({ options: flagValues, operands }: Arguments): Promise<Place> {
  const start = await startOf(process.cwd());
  const repo = await checkout(start.top);
  const flags = operands.length > 0 ? new Map([...flagValues, ['paths', operands]] as const) : flagValues;
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
async function deploy(args: Arguments, { version, colour }: { version: string; colour: boolean }): Promise<Outcome> {
  const { format, databaseUrl, history } = args;
  if (format !== 'text' && format !== 'json' && format !== 'markdown')
    throw new UserError(`--format: must be one of text, json, markdown for deploy; got "${format}".`);
  if (history.length > 1) throw new UserError('--history: can be given once for deploy.');
  if (history.length > 0 && databaseUrl !== null)
    throw new UserError('--history: cannot be used with --database-url. Remove one of them.');
  const place = await placeOf(args);
  const report = await reportFor(place, () => sourceOf(args), version);
  return { text: renderDeploy(report, format, colour), code: CODES[report.verdict] };
}

async function sourceOf({ history, databaseUrl }: Arguments): Promise<Source> {
  const [path] = history;
  if (path === undefined) return { url: urlOf(databaseUrl) };
  const text = await readFile(resolve(path), 'utf8').catch((cause: unknown) => {
    throw new UserError(`--history: file ${JSON.stringify(path)} cannot be read.`, { cause });
  });
  return { recorded: readExport(text, path) };
}

/**
 * `migration-gate history`: the history tables of a database as JSON, for `deploy --history`.
 * @throws UserError where the database cannot be read, or has no history table
 */
async function history(args: Arguments, version: string): Promise<Outcome> {
  const { repo, options } = await placeOf(args);
  // It may run where the migrations are not: then the tables have their usual names.
  const expected = await expectations(repo, options).catch((error: unknown) => {
    if (error instanceof UserError) return [];
    throw error;
  });
  const recorded = await readHistory(urlOf(args.databaseUrl), wantedTables(options, expected), version);
  if (recorded.tables.length === 0)
    throw new UserError('The database has no history table of a known migration tool.', {
      hint: 'Check that the URL names the right database, or set history-table.',
    });
  return { text: `${visibleJson(JSON.stringify(recorded, null, 2))}\n`, code: 0 };
}

/** The URL itself, or the environment variable that holds it, so that it need not stand in the list of processes. */
function urlOf(option: string | null): string {
  const name = option ?? DEFAULT_VARIABLE;
  return isUrl(name) ? name : urlIn(name, '--database-url');
}
