import type { Reading } from './reading.ts';
import { asText, joined, listOf, plainText, textOf, UNKNOWN, type List, type Text, type Value } from './value.ts';

/** Methods of texts that leave the SQL in them as it is. */
const SAME: ReadonlySet<string> = new Set(['trim', 'trimStart', 'trimEnd', 'toString', 'valueOf']);

/** A method of a text. */
export function ofText(text: Text, name: string, args: readonly Value[]): Value {
  if (SAME.has(name)) return text;
  return name === 'concat' ? joined([text, ...args]) : UNKNOWN;
}

const CHANGING: ReadonlySet<string> = new Set(['sort', 'reverse', 'splice', 'unshift', 'pop', 'shift', 'fill']);

/** A method of a list; its functions are followed for each item. */
export function ofList(
  list: List,
  { name, args, line, by }: { name: string; args: readonly Value[]; line: number; by: string },
  reading: Reading,
): Value {
  const [first] = args;
  if (first?.kind === 'function') return followed(list, name, first, reading);
  // A function of another file: what it returns may be awaited.
  if (first?.kind === 'foreign') return { kind: 'unknown', promised: { by: `${by} of ${first.name}`, line } };
  if (name === 'push') {
    list.items = reading.conditions === 0 && list.items ? listOf([...list.items, ...args]).items : null;
  } else if (CHANGING.has(name)) list.items = null;
  else if (list.items && name === 'join') return joined(list.items, first ? asText(first) : textOf(',', 1));
  else if (list.items && name === 'includes') return includes(list.items, first, line);
  else if (list.items && name === 'entries')
    return {
      kind: 'list',
      items: list.items.map((item, index) => ({
        kind: 'list',
        items: [{ kind: 'plain', value: index, line: 1 }, item],
      })),
    };
  else if (list.items && name === 'concat' && args.every(one => one.kind === 'list' && one.items))
    return listOf([...list.items, ...args.flatMap(one => (one.kind === 'list' ? (one.items ?? []) : []))]);
  return UNKNOWN;
}

/** Of known texts it is known which are there. */
function includes(items: readonly Value[], one: Value | undefined, line: number): Value {
  if (one?.kind !== 'text' || !items.every(({ kind }) => kind === 'text')) return UNKNOWN;
  const value = items.some(item => item.kind === 'text' && plainText(item) === plainText(one));
  return { kind: 'plain', value, line };
}

function followed(list: List, name: string, each: Value, reading: Reading): Value {
  if (!list.items || (name !== 'map' && name !== 'forEach' && name !== 'flatMap')) {
    // Each may run for any item, any number of times.
    reading.perhaps(() => reading.settle(reading.apply(each, [UNKNOWN, UNKNOWN])));
    return UNKNOWN;
  }
  const results: List = {
    kind: 'list',
    items: list.items.map((item, index) => reading.apply(each, [item, { kind: 'plain', value: index, line: 1 }])),
  };
  return name === 'forEach' ? reading.settle(results) : results;
}
