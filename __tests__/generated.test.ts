import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');

test('lists, pages, tables and action.yml are what the generator writes', () => {
  const parameters = ['--import', './scripts/typescript.mjs', 'scripts/generate.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, parameters, { cwd: top, encoding: 'utf8' });
  expect(stderr).not.toContain('Not what the generator writes');
  expect(status).toBe(0);
});
