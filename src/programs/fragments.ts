import type { Node, TaggedTemplateExpression } from '@babel/types';
import type { Reading } from './reading.ts';
import { asText, joined, plainText, textOf, UNKNOWN, type Text, type Value } from './value.ts';

/** `sql`…``: a value in `${…}` is a parameter, a fragment is text. `String.raw` is read as it stands. */
export function tagged(node: TaggedTemplateExpression, parts: readonly Value[], reading: Reading, tag: Value): Value {
  const name = nameOf(node.tag);
  const line = reading.lineOf(node);
  if (name === 'String.raw' && tag.kind === 'foreign') return joined(parts);
  if (name.split('.').at(-1) !== 'sql') return { kind: 'unknown', promised: { by: name, line } };
  let parameters = 0;
  const texts = parts.map((part, index): Value => {
    if (index % 2 === 0) return part;
    // Known values become parameters; of unknown ones nobody knows whether they are fragments.
    if (part.kind === 'query') return fragment(part);
    return asText(part) ? textOf(`$${(parameters += 1)}`, line) : UNKNOWN;
  });
  const text = joined(texts);
  return { kind: 'query', sends: [{ text: text.kind === 'text' ? text : null, line, by: name }] };
}

const fragment = ({ sends }: Extract<Value, { kind: 'query' }>): Value => sends[0]?.text ?? UNKNOWN;

const quoted = (name: string): string =>
  name
    .split('.')
    .map(part => `"${part.replaceAll('"', '""')}"`)
    .join('.');

/** Kysely's `sql.raw('…')`, `sql.ref('a.b')`, `sql.table`, `sql.id`, `sql.lit`. */
const MADE: ReadonlyMap<string, (text: string) => string> = new Map([
  ['raw', text => text],
  ['ref', quoted],
  ['table', quoted],
  ['id', quoted],
  ['lit', text => `'${text.replaceAll("'", "''")}'`],
]);

/** A fragment made by a method of `sql`; null when it is no such method. */
export function fragmentOf(tag: string, method: string, [first]: readonly Value[], line: number): Value | null {
  const make = MADE.get(method);
  if (tag.split('.').at(-1) !== 'sql' || !make) return null;
  const text: Text | null = first ? asText(first) : null;
  if (!text) return UNKNOWN;
  const sql = method === 'raw' ? text : textOf(make(plainText(text)), line);
  return { kind: 'query', sends: [{ text: sql, line, by: `${tag}.${method}` }] };
}

/** A callee as it is written, for names in messages: `knex.schema.raw`, of a long chain both ends. */
export function nameOf(node: Node): string {
  const parts: string[] = [];
  for (let at: Node | null = node; at;) {
    if (at.type === 'MemberExpression' || at.type === 'OptionalMemberExpression') {
      parts.unshift(at.property.type === 'Identifier' && !at.computed ? at.property.name : '…');
      at = at.object;
    } else if (at.type === 'CallExpression' || at.type === 'OptionalCallExpression') at = at.callee;
    else if (at.type === 'AwaitExpression') at = at.argument;
    else {
      parts.unshift(at.type === 'Identifier' ? at.name : at.type === 'ThisExpression' ? 'this' : '…');
      at = null;
    }
  }
  return (parts.length > 5 ? [...parts.slice(0, 3), '…', ...parts.slice(-1)] : parts).join('.');
}
