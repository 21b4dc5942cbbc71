import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

test.each([
  ['a package of CommonJS', "export const lines = async () => new (await import('yaml')).LineCounter();", 'yaml/dist'],
  ['data', "export const name = async () => (await import('./data.json')).name;", 'data.json'],
])('a dynamic import of %s, which gives no names in a bundle, fails the build', (_, source, named) => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-seeded-'));
  try {
    symlinkSync(join(top, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'data.json'), '{ "name": "shop" }');
    writeFileSync(join(folder, 'cli.ts'), source);
    const seeded = `import { bundle } from ${JSON.stringify(join(top, 'scripts/build/bundle.mjs'))};
      await bundle(${JSON.stringify(join(folder, 'out'))}, [${JSON.stringify(join(folder, 'cli.ts'))}]);`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', seeded], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/dynamic import of a module that is not ESM/);
    expect(stderr).toContain(named);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a place in dist is translated to its place in src', () => {
  const lines = readFileSync(join(top, 'dist/cli.js'), 'utf8').split('\n');
  const line = lines.findIndex(text => text.includes('Unknown command'));
  const column = lines[line]?.indexOf('Unknown command') ?? -1;
  const translated = execFileSync(process.execPath, ['scripts/build.mjs', '--where'], {
    cwd: top,
    encoding: 'utf8',
    input: `    at x (file:///dist/cli.js:${line + 1}:${column + 1})\n    at y (node:fs:1:1)\n`,
  });
  const written = readFileSync(join(top, 'src/cli.ts'), 'utf8').split('\n');
  const there = written.findIndex(text => text.includes('Unknown command')) + 1;
  expect(translated).toMatch(
    new RegExp(`^ +at x \\(file:///dist/src/cli\\.ts:${there}:\\d+\\)\n +at y \\(node:fs:1:1\\)`),
  );
});
