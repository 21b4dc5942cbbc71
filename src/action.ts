import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { githubChange } from './input/github-change.ts';
import { commands } from './input/user-commands.ts';
import { asksForApproval } from './config/options.ts';
import { acceptedAt } from './config/names.ts';
import { appliedBy, deployInAction } from './deploy/lazy.ts';
import { findingKinds } from './findings/registry.ts';
import { isApproved } from './github/approvals.ts';
import { client } from './github/client.ts';
import { readEvent } from './github/event.ts';
import { failFor, readInputs } from './github/log.ts';
import { setOutputs } from './github/outputs.ts';
import { publish, retract } from './github/publish.ts';
import { loadConfiguration } from './input/configuration.ts';
import { changedConfiguration } from './input/proposal.ts';
import { quiet } from './render/quiet.ts';
import { run } from './run.ts';
import { VERSION } from './version.ts';

quiet();
try {
  await main(process.env);
} catch (error) {
  setOutputs({ conclusion: 'could-not-judge' });
  failFor(error);
}
// A connection to a GitHub that never answers would keep the process.
process.stdout.write('', () => process.exit());

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const root = env.GITHUB_WORKSPACE ?? process.cwd();
  const inputs = readInputs([...acceptedAt('input').keys()]);
  const payload: unknown = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8'));
  if (inputs.get('mode') === 'deploy') return await deployInAction({ root, inputs, env, payload, version: VERSION });
  const event = readEvent(env.GITHUB_EVENT_NAME ?? '', payload, env.GITHUB_REPOSITORY ?? '');
  const token = inputs.get('github-token') ?? null;
  const github = token !== null && event.number !== null ? await client(token) : null;
  const identity = [env.GITHUB_WORKFLOW, env.GITHUB_JOB, env.GITHUB_ACTION].join('/');
  const place = { event, client: github, identity, run: Number(env.GITHUB_RUN_ID ?? 0) };
  try {
    const change = { ...(await githubChange(event, root, github)), mode: 'pull-request' } as const;
    const configuration = await loadConfiguration({ top: root, below: '' }, { inputs, flags: new Map() }, change);
    const { options } = configuration;
    const requested = await commands(root, options, { atBase: event.atBase });
    const approved = asksForApproval(options) && github !== null && (await isApproved(github, event));
    const also = await changedConfiguration(configuration, others => run({ ...change, approved, options: others }));
    const applied = await appliedBy(options, { ...change, cwd: root, top: root }, VERSION);
    const report = await run({ ...change, also, applied, approved, commands: requested, options });
    const how = { when: options.comment, folder: env.RUNNER_TEMP ?? tmpdir(), kinds: findingKinds };
    await publish(report, { ...place, ...how });
  } catch (error) {
    await retract(error instanceof Error ? error.message : String(error), place);
    throw error;
  }
}
