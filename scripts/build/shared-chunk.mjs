import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';

/**
 * What all entries load at once becomes one chunk: Node resolves, reads and links each file on every start.
 *
 * esbuild makes a chunk for each set of entries, dynamic imports too, that reach a module. A module that is loaded when it
 * is needed therefore imports all that is there by then.
 * @param metafile of a build without this
 */
export function inOneChunk({ inputs }, entryPoints, top) {
  const inputOf = path => Object.keys(inputs).find(input => resolve(top, input) === resolve(top, path));
  const entries = entryPoints.map(inputOf);
  const [first, ...others] = entries.map(entry => reachedFrom(entry, inputs));
  const shared = [...first].filter(path => !entries.includes(path) && others.every(reached => reached.has(path)));
  const text = shared.map(path => `import ${JSON.stringify(resolve(top, path))};`).join('\n');
  const later = Object.values(inputs)
    .flatMap(({ imports }) => imports.filter(({ kind, external }) => kind === 'dynamic-import' && !external))
    .map(({ path }) => resolve(top, path));
  const isLater = new Set(later.filter(path => !shared.some(other => resolve(top, other) === path)));
  return {
    name: 'shared chunk',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^shared:$/ }, () => ({ path: 'shared', namespace: 'shared' }));
      onLoad({ filter: /.*/, namespace: 'shared' }, () => ({ contents: text, resolveDir: top }));
      onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) =>
        isLater.has(path)
          ? { contents: `${await readFile(path, 'utf8')}\nimport 'shared:';\n`, loader: LOADERS[extname(path)] }
          : null,
      );
    },
  };
}

const LOADERS = { '.ts': 'ts', '.js': 'js', '.mjs': 'js' };

/** Modules that are loaded before the entry runs. */
function reachedFrom(entry, inputs) {
  const reached = new Set();
  for (const left = [entry]; left.length > 0;) {
    const path = left.pop();
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { path: imported, kind, external } of inputs[path].imports)
      if (kind !== 'dynamic-import' && !external) left.push(imported);
  }
  return reached;
}
