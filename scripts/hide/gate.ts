import { DEFAULTS } from '../../src/config/options.ts';
import type { Report } from '../../src/model/report.ts';
import { run } from '../../src/run.ts';
import type { Case } from './histories.ts';

/** What the gate says of a pull request, in this process. */
export async function gate({ base, head, changed }: Case, major: number): Promise<Report> {
  const repo = {
    paths: Object.keys(head).sort(),
    read: (path: string): Promise<string> => Promise.resolve(head[path] ?? ''),
  };
  return run({
    repo,
    changed,
    before: path => Promise.resolve(base[path] ?? null),
    options: { ...DEFAULTS, 'postgres-version': major },
    mode: 'pull-request',
  });
}
