import { transform } from 'esbuild';

/** Sources by their address, instead of what is on disk. */
let sources = new Map();

export function initialize(given) {
  sources = given;
}

export async function load(url, context, next) {
  const text = sources.get(url);
  if (text === undefined) return next(url, context);
  const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'es2022' });
  return { format: 'module', source: code, shortCircuit: true };
}
