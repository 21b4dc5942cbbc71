import type { Dialect } from './dialect.ts';
import { asText, plainText, type Piece, type Text, type Value } from './value.ts';

/** Null where a name is not known, or text. */
type Fill = (text: Text, parameters: Value | undefined) => Text | null;

/**
 * What tools put into the text themselves. `knex`: values for `?` and `:name`, names for `??` and `:name:`.
 * `replacements`: Sequelize's option of that name, for `?` and `:name`. `braces`: node-pg-migrate's `{name}`. Values
 * become parameters. `marks`: db-migrate-pg makes a parameter of every `?` as soon as it is given values. `none`: parameters are the server's own.
 */
export const FILLS: Readonly<Record<Dialect['fills'], Fill>> = {
  knex: (text, parameters) => filled(text, parameters),
  replacements: (text, parameters) => {
    const own = parameters?.kind === 'record' ? parameters.fields.get('replacements') : undefined;
    return own && own.kind !== 'list' && own.kind !== 'record' ? withNamed(text, null) : filled(text, own);
  },
  braces: (text, parameters) =>
    parameters?.kind === 'record' && [...parameters.fields.keys()].some(name => plainText(text).includes(`{${name}}`))
      ? null
      : text,
  marks: (text, parameters) => {
    let at = 0;
    return parameters && parameters.kind !== 'function' && parameters.kind !== 'foreign'
      ? replaced(text, /\?/g, () => `$${(at += 1)}`)
      : text;
  },
  none: text => text,
};

function filled(text: Text, values: Value | undefined): Text | null {
  if (values?.kind === 'list') return positional(text, values.items ?? []);
  return values?.kind === 'record' ? withNamed(text, values.fields) : text;
}

function positional(text: Text, items: readonly Value[]): Text | null {
  let at = 0;
  return replaced(text, /\\\?|\?\??/g, mark => {
    if (mark === '\\?') return '?';
    const value = items[at];
    at += 1;
    return mark === '?' ? `$${at}` : identifier(value);
  });
}

/** `fields` is null when the names are not known. */
function withNamed(text: Text, fields: ReadonlyMap<string, Value> | null): Text | null {
  const names: string[] = [];
  return replaced(text, /(?<![:\w]):([a-zA-Z_]\w*)(:(?!:))?/g, (mark, name = '', quoted) => {
    if (!fields) return null;
    if (!fields.has(name)) return mark;
    if (quoted !== undefined) return identifier(fields.get(name));
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
}

function replaced(
  text: Text,
  pattern: RegExp,
  replace: (mark: string, ...groups: (string | undefined)[]) => string | null,
): Text | null {
  const unknown: string[] = [];
  const pieces = text.pieces.map((piece): Piece => ({
    ...piece,
    text: piece.text.replace(pattern, (mark: string, ...groups: (string | undefined)[]) => {
      const own = replace(mark, ...groups);
      if (own === null) unknown.push(mark);
      return own ?? mark;
    }),
  }));
  return unknown.length === 0 ? { kind: 'text', pieces } : null;
}

function identifier(value: Value | undefined): string | null {
  const name = value ? asText(value) : null;
  if (!name) return null;
  const parts = plainText(name).split('.');
  return parts.map(part => `"${part.replaceAll('"', '""')}"`).join('.');
}
