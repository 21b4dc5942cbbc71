import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeOf } from './change.ts';
import { loadOptions } from './config/load.ts';
import { OPTIONS, type Options, type OptionSpec } from './config/options.ts';
import { Expected } from './errors.ts';
import { client } from './github/client.ts';
import { readEvent, type Event } from './github/event.ts';
import { fail, hide, readInputs } from './github/log.ts';
import { setOutputs } from './github/outputs.ts';
import { publish, retract } from './github/publish.ts';
import { PROOF_IDS, PROOF_TEXTS } from './prove/proofs.ts';
import { textBeforeEvent } from './repo/text-before.ts';
import { ruleIds, rules } from './rules/index.ts';
import { run, type Input } from './run.ts';

try {
  await main(process.env);
} catch (error) {
  setOutputs({ conclusion: 'could-not-judge' });
  if (error instanceof Expected)
    fail(`Migration Gate could not judge: ${error.message}${error.hint === null ? '' : `\n${error.hint}`}`);
  else
    fail(`This is a bug in Migration Gate: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const root = env.GITHUB_WORKSPACE ?? process.cwd();
  const inputs = readInputs(namesOf('input'));
  const token = inputs.get('github-token') ?? null;
  if (token !== null) hide(token);
  const password = passwordOf(inputs.get('database') ?? '');
  if (password !== '') hide(password);
  const config = inputs.get('config');
  const path = config ?? OPTIONS.config.default;
  const text = await readFile(join(root, path), 'utf8').catch(() => null);
  if (text === null && config !== undefined && config !== OPTIONS.config.default)
    throw new Expected(`The configuration file ${JSON.stringify(path)} cannot be read.`);
  const known = [...ruleIds, ...PROOF_IDS];
  const file = text === null ? null : { path, text };
  const options = await loadOptions({ inputs, flags: new Map(), file, ruleIds: known });
  const payload: unknown = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8'));
  const event = readEvent(env.GITHUB_EVENT_NAME ?? '', payload, env.GITHUB_REPOSITORY ?? '');
  const github = token !== null && event.number !== null ? await client(token) : null;
  const place = { event, client: github, identity: [env.GITHUB_WORKFLOW, env.GITHUB_JOB, env.GITHUB_ACTION].join('/') };
  try {
    const change = await changeOf(event, root, github);
    const before = async (file: string): Promise<string | null> => textBeforeEvent(root, event, file);
    const report = await run({
      ...change,
      before,
      ...(await printing(options, root, event)),
      options,
      mode: 'pull-request',
    });
    await publish(report, {
      ...place,
      when: options.comment,
      folder: env.RUNNER_TEMP ?? tmpdir(),
      rules: [...rules, ...PROOF_TEXTS],
    });
  } catch (error) {
    await retract(error instanceof Error ? error.message : String(error), place);
    throw error;
  }
}

/** Programs of a pull request are not run where the secrets of its base are at hand. */
async function printing(
  { 'sql-command': command }: Options,
  root: string,
  event: Event,
): Promise<Pick<Input, 'print'>> {
  if (command === null) return {};
  if (event.atBase)
    throw new Expected(
      'sql-command is refused on pull_request_target: it would run the pull request with the secrets of its base.',
      {
        hint: 'Run the gate on pull_request.',
      },
    );
  return { print: (await import('./repo/sql-command.ts')).sqlCommand(root, command) };
}

function namesOf(place: 'input'): string[] {
  return Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>).flatMap(([name, spec]) =>
    spec.places.includes(place) ? [name] : [],
  );
}

/** Of an address. GitHub masks secrets as they are written; in an address they may be written otherwise. */
const passwordOf = (address: string): string =>
  URL.canParse(address) ? decodeURIComponent(new URL(address).password) : '';
