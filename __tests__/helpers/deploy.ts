import { loadOptions } from '../../src/config/load.ts';
import { answer } from '../../src/deploy/answer.ts';
import { expectations, wantedTables } from '../../src/deploy/expectations.ts';
import { readHistory } from '../../src/deploy/read.ts';
import type { DeployReport } from '../../src/model/deploy-report.ts';
import type { Repo } from '../../src/model/framework.ts';
import { VERSION } from '../../src/version.ts';

/** What `deploy` says of these files and the database at `url`, in this process. */
export async function deployReport(files: Readonly<Record<string, string>>, url: string): Promise<DeployReport> {
  const repo: Repo = { paths: Object.keys(files).sort(), read: path => Promise.resolve(files[path] ?? '') };
  const file = files['.migration-gate.yml'];
  const options = await loadOptions({
    ...{ inputs: new Map(), flags: new Map(), ruleIds: [] },
    file: file === undefined ? null : { path: '.migration-gate.yml', text: file },
  });
  const expected = await expectations(repo, options);
  const recorded = await readHistory(url, wantedTables(options, expected), VERSION);
  const bytes = (path: string): Uint8Array => Buffer.from(files[path] ?? '');
  return answer(expected, recorded, { bytes, version: VERSION });
}
