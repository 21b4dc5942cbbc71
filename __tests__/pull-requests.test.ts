import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './helpers/sarif.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { NODES } from './helpers/nodes.ts';
import { runCli } from './helpers/run-cli.ts';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders = join(top, '__tests__/pull-requests');
const isReport = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(top, 'docs/report.schema.json'), 'utf8')) as object,
);

/** `UPDATE=1 npm test -- pull-requests` writes what is expected anew; read the difference before committing it. */
function golden(path: string, now: string): string {
  if (process.env.UPDATE) writeFileSync(path, now);
  return readFileSync(path, 'utf8');
}

describe.each(readdirSync(folders))('%s', name => {
  const folder = join(folders, name);
  let repo: GitRepo;
  afterAll(() => repo.remove());

  beforeAll(() => {
    repo = new GitRepo();
    cpSync(join(folder, 'before'), repo.root, { recursive: true });
    repo.commit({}, 'before');
    repo.git('checkout', '-q', '-b', 'topic');
    cpSync(join(folder, 'after'), repo.root, { recursive: true });
    const list = join(folder, 'removed.txt');
    const removed = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : [];
    for (const path of removed) rmSync(join(repo.root, path));
    repo.commit({}, 'after');
  });

  const check = (format: string, node = process.execPath): string => {
    const { stdout, stderr } = runCli(repo.root, ['check', '--base', 'main', '--format', format], { node });
    expect(stderr).toBe('');
    return stdout;
  };

  test.each(NODES)('the comment, on Node %s', (_, node) => {
    const text = check('markdown', node);
    expect(text).toBe(golden(join(folder, 'expected.md'), text));
  });

  test('the SARIF log, which is valid', () => {
    const text = check('sarif');
    expect(JSON.parse(text)).toBeValidSarifLog();
    expect(text).toBe(golden(join(folder, 'expected.sarif.json'), text));
  });

  test('the JSON report fits its schema', () => {
    isReport(JSON.parse(check('json')));
    expect(isReport.errors).toBeNull();
  });
});
