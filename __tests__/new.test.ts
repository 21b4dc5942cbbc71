import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

jest.setTimeout(180_000);

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const copy = mkdtempSync(join(tmpdir(), 'migration-gate-copy-'));
const LEFT_OUT = new Set(['.git', 'dist', 'node_modules', 'pull-requests', 'ground-truth']);
beforeAll(() => {
  for (const name of readdirSync(top).filter(entry => !LEFT_OUT.has(entry)))
    cpSync(join(top, name), join(copy, name), { recursive: true });
  symlinkSync(join(top, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function node(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
}
const script = (file: string, ...args: readonly string[]): ReturnType<typeof node> =>
  node('--import', './scripts/typescript.mjs', file, ...args);

test('a new rule and a new tool work as they are, after one run of the generator', () => {
  expect(script('scripts/new.ts', 'rule', 'money-column')).toMatchObject({ status: 0, stderr: '' });
  expect(script('scripts/new.ts', 'framework', 'ladder')).toMatchObject({ status: 0, stderr: '' });
  expect(script('scripts/generate.ts', '--check')).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(copy, 'docs/rules.md'), 'utf8')).toContain('[money-column](rules/money-column.md)');
  expect(existsSync(join(copy, 'docs/frameworks/ladder.md'))).toBe(true);
  expect(script('src/cli.ts', 'explain', 'money-column').stdout).toContain('A column of the type money.');
  const jestBin = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const suites = ['__tests__/rules.test.ts', '__tests__/frameworks.test.ts', '-t', 'money-column|ladder'];
  const { status, stderr } = node('--disable-warning=ExperimentalWarning', ...jestBin, ...suites);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/Tests: .* [1-9]\d* passed/)]);
  const files = ['src/rules/money-column.ts', 'src/frameworks/ladder.ts'];
  expect(node('node_modules/prettier/bin/prettier.cjs', '--check', ...files)).toMatchObject({ status: 0 });
  expect(node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json')).toMatchObject({ status: 0, stdout: '' });
});

test.each([
  [[], 'Usage'],
  [['rules', 'money-column'], 'Usage'],
  [['rule', 'Money'], 'not a name'],
  [['rule', '../money'], 'not a name'],
  [['rule', 'dropped-column'], 'taken'],
  [['rule', 'failing-rollback'], 'taken'],
  [['framework', 'prisma'], 'taken'],
])('%j is refused with what to do', (args, said) => {
  const { status, stderr } = script('scripts/new.ts', ...args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
  expect(stderr).not.toMatch(/^\s+at /m);
});
