import type { Reading } from './reading.ts';
import { FILLS } from './bindings.ts';
import { DATABASE, UNKNOWN, type Text, type Value } from './value.ts';

interface Call {
  readonly object: Value;
  readonly name: string;
  readonly args: readonly Value[];
  readonly line: number;
  readonly by: string;
}

/** Methods by which tools begin and end a transaction. */
const CONTROL: ReadonlyMap<string, 'begin' | 'commit' | null> = new Map([
  ['startTransaction', 'begin'],
  ['commitTransaction', 'commit'],
  ['rollbackTransaction', null],
  ['rollback', null],
]);

/** A method call that sends SQL, or has to do with how it is sent; null for any other. */
export function sqlCall(call: Call, reading: Reading): Value | null {
  const { object, name, args, line } = call;
  const { dialect } = reading;
  if (object.kind === 'query') {
    if (name === 'execute') return after(() => reading.send(object.sends));
    if (name === 'compile' || name === 'toQuery') return object;
  }
  if (name === 'executeQuery' && args[0]?.kind === 'query') return after(() => reading.settle(args[0] ?? UNKNOWN));
  if (dialect.sends.includes(name) && SENDERS.has(object.kind)) return send(call, reading);
  if (object.kind !== 'database') return null;
  reading.called.add(name);
  if (dialect.looks.includes(name)) return UNKNOWN;
  if (name === 'transaction') return transaction(args, line, reading);
  const [inside] = args;
  if (name === 'execute' && inside?.kind === 'function') return reading.settle(reading.apply(inside, [DATABASE]));
  const verb = name === 'commit' ? (reading.opens ? 'commit' : null) : CONTROL.get(name);
  if (verb === undefined) return null;
  if (verb) reading.control(verb, line);
  return UNKNOWN;
}

const SENDERS: ReadonlySet<Value['kind']> = new Set(['database', 'foreign', 'unknown', 'query']);

const after = (act: () => unknown): Value => {
  act();
  return UNKNOWN;
};

function send({ object, args: [first, ...rest], line, by }: Call, reading: Reading): Value {
  const query = first?.kind === 'query' ? first.sends[0]?.text : first?.kind === 'text' ? first : null;
  const text: Text | null = query ? FILLS[reading.dialect.fills](query, rest[0]) : null;
  const before = object.kind === 'query' ? object.sends : [];
  const sends = [...before, { text, line, by }];
  if (reading.dialect.when === 'await') return { kind: 'query', sends };
  reading.send(sends);
  for (const argument of rest) if (argument.kind === 'function') reading.settle(reading.apply(argument, [UNKNOWN]));
  return UNKNOWN;
}

/** `transaction(async trx => …)` or `const trx = await transaction()`. */
function transaction(args: readonly Value[], line: number, reading: Reading): Value {
  const inside = args.find(({ kind }) => kind === 'function');
  if (reading.opens) reading.control('begin', line);
  if (!inside) return DATABASE;
  const value = reading.settle(reading.apply(inside, [DATABASE]));
  if (reading.opens) reading.control('commit', line);
  return value;
}
