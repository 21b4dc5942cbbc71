import { chmod, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const top = fileURLToPath(new URL('..', import.meta.url));
const dist = join(top, 'dist');

/**
 * CommonJS packages inside an ES module still ask for these three.
 *
 * The parser's WebAssembly is compiled once, quickly: V8's optimising compiler takes more time than it saves, and holds
 * up the exit of the process (`check --all` of 20 files: 163 → 118 ms on Node 20, 244 → 88 on Node 24; of 430: 556 → 405
 * and 594 → 327). It must be said before the module is compiled, so at the top of every chunk.
 */
const banner = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  "import { dirname as __parent } from 'node:path'",
  'const require = __createRequire(import.meta.url)',
  'const __filename = __fileURLToPath(import.meta.url)',
  'const __dirname = __parent(__filename)',
  "import { setFlagsFromString as __setFlag } from 'node:v8'",
  "__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')",
].join(';');

/** Bundles both doors into `outdir`; what is imported dynamically becomes a chunk that is read only when needed. */
async function bundle(outdir) {
  await build({
    absWorkingDir: top,
    entryPoints: ['src/action.ts', 'src/cli.ts'].filter(entry => existsSync(join(top, entry))),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    chunkNames: '[name]-[hash]',
    legalComments: 'eof',
    charset: 'utf8',
    // Names stay, for stack traces; the rest is read and compiled on every start.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
  });
  await copyFile(join(top, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(outdir, 'libpg-query.wasm'));
  await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n');
  const cli = join(outdir, 'cli.js');
  if (!existsSync(cli)) return;
  const text = await readFile(cli, 'utf8');
  await writeFile(cli, text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`);
  await chmod(cli, 0o755);
}

/** Files that differ between two folders, by name. */
async function differences(a, b) {
  const list = async folder => (existsSync(folder) ? await readdir(folder) : []);
  const names = [...new Set([...(await list(a)), ...(await list(b))])].sort();
  const bytes = path => readFile(path).catch(() => null);
  const same = async name => {
    const [left, right] = await Promise.all([bytes(join(a, name)), bytes(join(b, name))]);
    return left !== null && right !== null && left.equals(right);
  };
  const equal = await Promise.all(names.map(same));
  return names.filter((_, index) => !equal[index]);
}

if (process.argv.includes('--check')) {
  const fresh = await mkdtemp(join(tmpdir(), 'migration-gate-dist-'));
  try {
    await bundle(fresh);
    const stale = await differences(fresh, dist);
    if (stale.length > 0) {
      console.error(`dist is not what src builds to: ${stale.join(', ')}. Run \`npm run build\`.`);
      process.exitCode = 1;
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
} else {
  await rm(dist, { recursive: true, force: true });
  await bundle(dist);
}
