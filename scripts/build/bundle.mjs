import { chmod, copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inOneChunk } from './shared-chunk.mjs';

export const top = fileURLToPath(new URL('../..', import.meta.url));

/**
 * CommonJS packages inside an ES module still ask for these three; a chunk that does not is given no banner.
 *
 * The parser's WebAssembly is compiled once, quickly: V8's optimising compiler takes more time than it saves, and holds
 * up the exit of the process (`check --all` of 20 files: 163 → 118 ms on Node 20, 244 → 88 on Node 24; of 430: 556 → 405
 * and 594 → 327). It must be said before the module is compiled, so at the top of the entries.
 *
 * Node 20 (V8 11) optimises JavaScript that has hardly run; a check is over before that pays. With a budget of 1.6 million
 * before a function is optimised (67,584 by default) a check takes an eighth less processor time after 500 files, and 6 %
 * less than with 400,000 after 5,000. Later versions compile in a cheaper way first, and do not need it.
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
  "process.versions.v8.startsWith('11.')&&__setFlag('--interrupt-budget=1600000')",
].join(';');

const ENTRIES = ['src/action.ts', 'src/cli.ts'];

/** What the banner declares for CommonJS; a text with such a word keeps it needlessly. */
const DECLARED = /(?<![\w$.-])(?:require|__filename|__dirname)(?![\w$-])/;

/** Node resolves and links each import of each file on every start: a chunk that uses none of the banner has an empty line for it. */
function withoutBanner({ path, text }, entries) {
  const rest = text.replace(banner, '');
  const isNeeded = entries.has(basename(path, '.js')) || DECLARED.test(rest);
  return { path, text: path.endsWith('.js') && !isNeeded ? rest : text };
}

async function compile(outdir, entryPoints, options = {}) {
  const { metafile } = await bundled(outdir, entryPoints);
  const plugins = [inOneChunk(metafile, entryPoints, top)];
  const { outputFiles } = await bundled(outdir, entryPoints, { ...options, plugins });
  const entries = new Set(entryPoints.map(path => basename(path, '.ts')));
  return { metafile, outputFiles: outputFiles.map(file => withoutBanner(file, entries)) };
}

const bundled = (outdir, entryPoints, options) =>
  build({
    ...options,
    absWorkingDir: top,
    entryPoints,
    metafile: true,
    write: false,
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
    // One byte a character, which V8 reads faster.
    charset: 'ascii',
    // All of it is read and compiled on every start. `npm run build -- --where` translates a stack trace.
    minify: true,
    logLevel: 'warning',
  });

/** A stack trace of `dist` with the places in the source that it was built from, which must be the one at hand. */
export async function translate(stack) {
  const dist = join(top, 'dist');
  const { outputFiles } = await compile(dist, ENTRIES, { sourcemap: 'external' });
  const textAt = path => outputFiles.find(file => file.path === path)?.text;
  // Names of chunks are hashes of what they hold, which a source map changes.
  const same = text => text.replace(/^#!.*\n/, '').replace(/-[A-Z0-9]{8}\.js/g, '.js');
  return stack.replace(/([\w-]+\.js):(\d+):(\d+)/g, (place, name, line, column) => {
    const text = existsSync(join(dist, name)) ? readFileSync(join(dist, name), 'utf8') : '';
    const chunk = outputFiles.find(file => !file.path.endsWith('.map') && same(file.text) === same(text));
    if (chunk === undefined) return place;
    const above = text.startsWith('#!') && !chunk.text.startsWith('#!') ? 2 : 1;
    const map = new SourceMap(JSON.parse(textAt(`${chunk.path}.map`)));
    const { originalSource, originalLine, originalColumn } = map.findEntry(line - above, column - 1);
    if (originalSource === undefined) return place;
    return `${relative(top, join(dist, originalSource))}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

/**
 * Bundles both doors into `outdir`; what is imported dynamically becomes a chunk that is read only when needed.
 * @throws where a dynamic import would not give what it names
 */
export async function bundle(outdir, entryPoints = ENTRIES) {
  const { metafile, outputFiles } = await compile(outdir, entryPoints);
  const wrong = withoutNames(metafile);
  if (wrong.length > 0)
    throw new Error(
      `A dynamic import of a module that is not ESM gives \`default\` alone:\n${wrong.join('\n')}\nImport it statically in a module of src, and that module dynamically.`,
    );
  await mkdir(outdir, { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, text);
  await copyFile(join(top, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(outdir, 'libpg-query.wasm'));
  await embed(outdir);
  await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n');
  const cli = join(outdir, 'cli.js');
  if (!existsSync(cli)) return;
  const text = await readFile(cli, 'utf8');
  await writeFile(cli, text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`);
  await chmod(cli, 0o755);
}

/** Dynamic imports, of anybody's, whose target has no names of exports that a bundler could know. */
function withoutNames({ inputs }) {
  return Object.entries(inputs).flatMap(([importer, { imports }]) =>
    imports
      .filter(({ kind, external, path }) => kind === 'dynamic-import' && !external && inputs[path]?.format !== 'esm')
      .map(({ path }) => `  ${importer}: ${path}`),
  );
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
