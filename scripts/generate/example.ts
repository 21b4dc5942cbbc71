import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOptions } from '../../src/config/load.ts';
import type { Repo } from '../../src/model/framework.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { renderText } from '../../src/render/text.ts';
import { findingIds } from '../../src/findings/registry.ts';
import { run } from '../../src/run.ts';

const CHANGE = 'db/migration/V3__drop_phone.sql';

/** The bad change of the Flyway shop, judged now: what the terminal and the pull request show of it. */
export async function exampleOutput(top: string): Promise<{ terminal: string; comment: string }> {
  const shop = join(top, 'examples/flyway');
  const list = async (folder: string): Promise<[string, string][]> =>
    (await readdir(join(shop, folder), { recursive: true, withFileTypes: true }))
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [path.slice(join(shop, folder).length + 1), path]);
  const files = new Map([...(await list('history')), ...(await list('bad'))]);
  const repo: Repo = {
    paths: [...files.keys()].sort(),
    read: path => readFile(files.get(path) ?? path, 'utf8'),
  };
  const options = await loadOptions({
    inputs: new Map(),
    flags: new Map(),
    file: null,
    ruleIds: findingIds,
  });
  const report = await run({ repo, changed: [{ path: CHANGE, status: 'added' }], options, mode: 'pull-request' });
  const last = report.findings.filter(finding => finding.rule === 'not-null-scan');
  const terminal = renderText({ ...report, findings: last })
    .split('\n\n')
    .slice(0, -1)
    .join('\n\n');
  const quoted = renderMarkdown(report, { limit: Infinity }).trimEnd().replace(/^/gm, '> ').replace(/ +$/gm, '');
  return { terminal: `\`\`\`text\n${terminal}\n\`\`\``, comment: quoted };
}
