import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}
export interface Outcome {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Every workflow command that the runner would obey, stopped parts left out. */
  readonly commands: readonly Command[];
  readonly summary: string;
  readonly log: string;
  readonly report: string | null;
}
export interface Setting {
  readonly workspace: string;
  readonly api: string;
  readonly event: object;
  readonly eventName?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const MAIN = fileURLToPath(new URL('../../dist/action.js', import.meta.url));

/** Runs the bundled action as GitHub's runner would: environment, event file, files for outputs and summary. */
export async function runAction(setting: Setting): Promise<Outcome> {
  const { workspace, api, event, eventName = 'pull_request', inputs = {}, node = process.execPath } = setting;
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-run-'));
  const file = (name: string, text = ''): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    GITHUB_WORKFLOW: 'ci',
    GITHUB_JOB: 'gate',
    GITHUB_ACTION: '__self',
    RUNNER_TEMP: folder,
    ...setting.env,
  };
  for (const [name, value] of Object.entries({ 'github-token': 'ghs_secret', ...inputs }))
    env[`INPUT_${name.toUpperCase()}`] = value;
  const child = spawn(node, [MAIN], { cwd: workspace, env });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  const log = Buffer.concat(output).toString('utf8');
  const outputs = outputsOf(readFileSync(env.GITHUB_OUTPUT ?? '', 'utf8'));
  const summary = readFileSync(env.GITHUB_STEP_SUMMARY ?? '', 'utf8');
  const report = outputs.report === undefined ? null : readFileSync(outputs.report, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  return { code, outputs, commands: commandsOf(log), summary, log, report };
}

const outputsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(ghadelimiter_[^\n]+)\n([\s\S]*?)\n\2$/gm)].map(match => [
      match[1] ?? '',
      match[3] ?? '',
    ]),
  );

/** As the runner reads lines (ActionCommand.cs): `::name key=value,…::message` after white space, `##[name]` anywhere. */
function commandsOf(log: string): Command[] {
  const commands: Command[] = [];
  let stopped: string | null = null;
  for (const line of log.split('\n')) {
    const match = /^\s*::([^\s:]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? /##\[([^\]\s]+)([^\]]*)\](.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', given = '', message = ''] = match;
    if (stopped !== null) {
      if (name === stopped) stopped = null;
    } else if (name === 'stop-commands') stopped = message;
    else {
      const pairs = given.split(',').filter(pair => pair.includes('='));
      const properties = Object.fromEntries(
        pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
      );
      commands.push({ name, properties, message });
    }
  }
  return commands;
}
