import { chmod, copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
 *
 * Node 20 (V8 11) optimises JavaScript that has hardly run; a check is over before that pays. With three times the
 * default budget before a function is optimised it takes a sixth less processor time after 500 files, a quarter less
 * after 5,000, and 4 to 7 % less time; with more than that, more time. Later versions compile in a cheaper way first,
 * and do not know the flag.
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
  "process.versions.v8.startsWith('11.')&&__setFlag('--interrupt-budget=400000')",
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
  await embed(outdir);
  await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n');
  const cli = join(outdir, 'cli.js');
  if (!existsSync(cli)) return;
  const text = await readFile(cli, 'utf8');
  await writeFile(cli, text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`);
  await chmod(cli, 0o755);
}

/** The embedded Postgres and the program that runs it, as they are: read when `database: embedded` asks for them. */
async function embed(outdir) {
  const from = join(top, 'node_modules/@electric-sql/pglite/dist');
  const needed = /^(index\.js|chunk-\w+\.js|(pglite|initdb)\.wasm|pglite\.data|[\w-]+\.tar\.gz)$/;
  for (const name of (await readdir(from)).filter(name => needed.test(name)))
    await cp(join(from, name), join(outdir, 'pglite', name));
  await cp(join(from, '../LICENSE'), join(outdir, 'pglite/LICENSE'));
  await copyFile(join(top, 'src/database/embedded-server.mjs'), join(outdir, 'embedded-server.mjs'));
}

/** Files that differ between two folders, by name. */
async function differences(a, b) {
  const [left, right] = [await filesIn(a), await filesIn(b)];
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.filter(name => !left.get(name)?.equals(right.get(name) ?? Buffer.of(0)));
}

async function filesIn(folder) {
  if (!existsSync(folder)) return new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(await Promise.all(paths.map(async path => [relative(folder, path), await readFile(path)])));
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
