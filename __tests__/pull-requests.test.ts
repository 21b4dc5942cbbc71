import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './helpers/sarif.ts';
import { GitRepo } from './helpers/git-repo.ts';

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

  const judge = (format: string): string => {
    const loader = join(top, 'scripts/typescript.mjs');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', loader, join(top, 'src/cli.ts'), 'check', '--base', 'main', '--format', format],
      { cwd: repo.root, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    return stdout;
  };

  test('the comment', () => {
    const text = judge('markdown');
    expect(text).toBe(golden(join(folder, 'expected.md'), text));
  });

  test('the SARIF log, which is valid', () => {
    const text = judge('sarif');
    expect(JSON.parse(text)).toBeValidSarifLog();
    expect(text).toBe(golden(join(folder, 'expected.sarif.json'), text));
  });

  test('the JSON report fits its schema', () => {
    isReport(JSON.parse(judge('json')));
    expect(isReport.errors).toBeNull();
  });
});
