import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const top = fileURLToPath(new URL('..', import.meta.url));

test('dist is what src builds to', () => {
  const build = (): string =>
    execFileSync(process.execPath, ['scripts/build.mjs', '--check'], { cwd: top, encoding: 'utf8', stdio: 'pipe' });
  expect(build).not.toThrow();
});

test('dist runs from any folder, with no node_modules near', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-alone-'));
  try {
    cpSync(join(top, 'dist'), folder, { recursive: true });
    cpSync(join(top, 'examples'), join(folder, 'examples'), { recursive: true });
    const output = execFileSync(process.execPath, [join(folder, 'cli.js'), 'check', '--all', '--fail-on', 'never'], {
      cwd: join(folder, 'examples'),
      encoding: 'utf8',
    });
    expect(output).toMatch(/\d+ migrations?/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
