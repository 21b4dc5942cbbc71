import { DEFAULTS } from '../../src/config/options.ts';
import type { Repo } from '../../src/model/framework.ts';
import type { Report } from '../../src/model/report.ts';
import { run } from '../../src/run.ts';
import type { Case, Files } from './histories.ts';

const over = (files: Files): Repo => ({
  paths: Object.keys(files).sort(),
  read: path => Promise.resolve(files[path] ?? ''),
});

/** What the gate says of a pull request, in this process. */
export const gate = ({ base, head, changed }: Case, major: number): Promise<Report> =>
  run({
    repo: over(head),
    base: over(base),
    changed,
    options: { ...DEFAULTS, 'postgres-version': major },
    mode: 'pull-request',
  });
