import type { Reading } from './reading.ts';
import { asText, joined, plainText, textOf, UNKNOWN, type Text, type Value } from './value.ts';

/** Modules and globals that talk to no database. */
const HARMLESS =
  /^(given|console|JSON|Math|Object|String|Number|Boolean|Date|Array|Symbol|BigInt|Error|Map|Set|RegExp|process|Buffer|parseInt|parseFloat|isNaN|path|fs|os|url|util|crypto|assert|uuid|async|Promise|import)(\/\w+)?(\.|$)/;

const READS = /^(fs|fs-extra|fs\/promises|fs\.promises|fsPromises)\.(default\.)?(promises\.)?(readFileSync|readFile)$/;

/** What a function that the program did not write returns; null when nobody knows what it does. */
export function libraryCall(name: string, args: readonly Value[], line: number, reading: Reading): Value | null {
  const own = name.replace(/^([\w/-]+)\.default\b/, '$1');
  const [first] = args;
  if (own === 'resolve') return (reading.resolved = first ?? UNKNOWN);
  if (own === 'require') return required(first);
  if (/^path(\.posix)?\.(join|resolve)$/.test(own)) return joined(args, textOf('/', 1));
  if (own === 'url.fileURLToPath' || own === 'Promise.resolve' || own === 'String') return first ?? UNKNOWN;
  if (own === 'path.dirname') return textOf('', 1);
  if (READS.test(own)) return read(args, reading);
  if (/^Promise\.(all|allSettled|race|any)$/.test(own)) return first ?? UNKNOWN;
  if (/^Object\.(entries|values|keys)$/.test(own) && first?.kind === 'record') return parts(own, first.fields);
  if (/^(Object\.(assign|define\w+|setPrototypeOf)|Reflect\.\w+)$/.test(own)) return null;
  if (!HARMLESS.test(own)) return null;
  // `async.series([…], callback)` and the like call what they are given.
  for (const argument of args)
    for (const one of argument.kind === 'list' ? (argument.items ?? []) : [argument])
      if (one.kind === 'function') reading.settle(reading.apply(one, [UNKNOWN]));
      else if (own.startsWith('async.') && one.kind === 'foreign' && one.name !== 'given')
        reading.miss(line, `The code of \`${one.name}\` was not analyzed.`);
      else if (own.startsWith('async.')) reading.settle(one);
  return UNKNOWN;
}

const required = (module: Value | undefined): Value => {
  const text = module ? asText(module) : null;
  return text ? { kind: 'foreign', name: moduleName(plainText(text)) } : UNKNOWN;
};

/** `node:path` is `path`; a module of the repository itself has no name that means anything. */
export const moduleName = (specifier: string): string =>
  specifier.startsWith('.') ? `module ${specifier}` : specifier.replace(/^node:/, '');

/** The text of a file; `readFile(path, (error, text) => …)` gives it to a function. */
function read(args: readonly Value[], reading: Reading): Value {
  const path: Text | null = args[0] ? asText(args[0]) : null;
  const text: Value = (path && reading.fileAt(plainText(path))) ?? UNKNOWN;
  const then = args.find(({ kind }) => kind === 'function');
  if (then) reading.settle(reading.apply(then, [{ kind: 'plain', value: null, line: 1 }, text]));
  return text;
}

function parts(name: string, fields: ReadonlyMap<string, Value>): Value {
  const items = [...fields].map(([key, value]): Value => {
    const text = textOf(key, 1);
    if (name === 'Object.keys') return text;
    return name === 'Object.values' ? value : { kind: 'list', items: [text, value] };
  });
  return { kind: 'list', items };
}
