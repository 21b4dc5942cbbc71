import { afterAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Lays a change over the shop's history and judges it with the bundled command line. */
function check(
  tool: string,
  change: string,
  ...flags: string[]
): { status: number | null; stdout: string; stderr: string } {
  const root = mkdtempSync(join(tmpdir(), 'migration-gate-shop-'));
  made.push(root);
  for (const part of ['history', change]) cpSync(join(top, 'examples', tool, part), root, { recursive: true });
  const files = readdirSync(join(top, 'examples', tool, change), { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.sql'),
  );
  const changed = files.sort().flatMap(name => ['--changed', name]);
  return spawnSync(process.execPath, [join(top, 'dist/cli.js'), 'check', ...changed, ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
}

describe.each(['prisma', 'golang-migrate', 'flyway'])('%s', tool => {
  test('the good change passes in silence', () => {
    const { status, stdout } = check(tool, 'good');
    expect(stdout).toBe('The gate passed: no findings in 2 migrations.\n');
    expect(status).toBe(0);
  });

  test('the bad change fails, and says why and what else to do', () => {
    const { status, stdout } = check(tool, 'bad', '--format', 'markdown');
    const golden = join(top, 'examples', tool, 'expected.md');
    if (process.env.UPDATE) writeFileSync(golden, stdout);
    expect(stdout).toBe(readFileSync(golden, 'utf8'));
    expect(status).toBe(1);
  });
});

test('a flag that is not known ends with 2 and the nearest known one', () => {
  const { status, stderr } = check('prisma', 'good', '--pstgres-version', '14');
  expect(stderr).toContain('Did you mean "--postgres-version"?');
  expect(status).toBe(2);
});

const COMMANDS = /^node (dist\/cli\.js check .*examples\/.*)$/gm;

test('the first commands of the README show what they promise', () => {
  const commands = [...readFileSync(join(top, 'README.md'), 'utf8').matchAll(COMMANDS)].map(([, line = '']) => line);
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const { status, stdout } = spawnSync(process.execPath, command.split(' '), { cwd: top, encoding: 'utf8' });
    expect(stdout.match(/^\S+ {2}error {2}\S+/gm)?.map(line => line.replace(/.*\//, ''))).toEqual([
      '003_drop_phone.sql:1  error  dropped-column',
      '003_drop_phone.sql:2  error  renamed-column',
      '003_drop_phone.sql:3  error  not-null-scan',
    ]);
    expect(stdout).toMatch(/^The gate failed: 3 errors(, 1 warning)? in 1 migration\.$/m);
    expect(status).toBe(1);
  }
});
