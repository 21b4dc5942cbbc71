import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from '../input/configuration.ts';
import { readEvent } from '../github/event.ts';
import { fail, log, mask } from '../github/log.ts';
import { setOutputs } from '../github/outputs.ts';
import { summarize } from '../github/summary.ts';
import type { DeployReport, DeployVerdict } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import { renderDeploy } from '../render/deploy.ts';
import { checkout } from '../repo/checkout.ts';
import { reportFor, type Source } from './report.ts';
import { DEFAULT_VARIABLE, urlIn } from './url.ts';

/** Events that run the code of somebody who may write to the repository. A pull request is looked at. */
const TRUSTED: ReadonlySet<string> = new Set([
  ...['push', 'workflow_dispatch', 'schedule', 'release', 'deployment', 'repository_dispatch', 'merge_group'],
]);

const CONCLUSIONS: Readonly<Record<DeployVerdict, string>> = {
  go: 'pass',
  warn: 'warn',
  block: 'fail',
  'could-not-judge': 'could-not-judge',
};

export interface Run {
  /** The workspace. */
  readonly root: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly env: NodeJS.ProcessEnv;
  /** Of the event. */
  readonly payload: unknown;
  readonly version: string;
}

/**
 * `mode: deploy` of the action.
 * @throws UserError for mistakes in the inputs, and for events that may run the code of a stranger
 */
export async function deployInAction({ root, inputs, env, payload, version }: Run): Promise<void> {
  expectTrusted(env, payload);
  const given = inputs.get('database-url-env') ?? DEFAULT_VARIABLE;
  const url = urlIn(given, 'input database-url-env');
  mask(url);
  const start = { top: root, below: '' };
  const repo = await checkout(root);
  const { options } = await loadConfiguration(start, { inputs, flags: new Map() }, { repo });
  const source = (): Promise<Source> => Promise.resolve({ url });
  const report = await reportFor({ start, repo, options }, source, version);
  const path = join(env.RUNNER_TEMP ?? tmpdir(), 'migration-gate-deploy.json');
  await writeFile(path, renderDeploy(report, 'json', false));
  await summarize(renderDeploy(report, 'markdown', false));
  log(renderDeploy(report, 'text', false));
  setOutputs({
    conclusion: CONCLUSIONS[report.verdict],
    verdict: report.verdict,
    pending: countOfPending(report),
    report: path,
  });
  if (report.verdict !== 'go' && report.verdict !== 'warn') fail(`${report.verdict}: ${report.reasons[0] ?? ''}`);
}

const countOfPending = ({ migrations }: DeployReport): number =>
  migrations.filter(({ next }) => next !== 'nothing' && next !== 'skip saying ok' && next !== 'refuse').length;

/** A fork has no secrets on `pull_request`, and must not get at them on any other event. */
function expectTrusted(
  { GITHUB_EVENT_NAME: name = '', GITHUB_REPOSITORY: repository = '' }: NodeJS.ProcessEnv,
  payload: unknown,
): void {
  if (TRUSTED.has(name)) return;
  const hint = 'Run it on push, workflow_dispatch, schedule, release, deployment or merge_group.';
  if (name !== 'pull_request') throw new UserError(`mode: deploy does not run on the event ${name}.`, { hint });
  if (readEvent(name, payload, repository).readOnly)
    throw new UserError('mode: deploy does not run on pull requests from forks or from Dependabot.', { hint });
}
