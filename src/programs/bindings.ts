import { asText, plainText, type Piece, type Text, type Value } from './value.ts';

/**
 * Values that a tool puts into the text become parameters: Knex's `?` and `:name`, Sequelize's `replacements`. Names
 * (Knex's `??` and `:name:`) are put in. Null where one is not known, and for node-pg-migrate's `{name}`.
 */
export function withBindings(text: Text, given: Value | undefined): Text | null {
  const values = given?.kind === 'record' ? (given.fields.get('replacements') ?? given) : given;
  if (values?.kind === 'list') return positional(text, values.items ?? []);
  if (values?.kind === 'record') return named(text, values.fields);
  // `replacements` that are made elsewhere.
  return given?.kind === 'record' ? named(text, null) : text;
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
function named(text: Text, fields: ReadonlyMap<string, Value> | null): Text | null {
  const names: string[] = [];
  return replaced(
    text,
    /(?<![:\w])(?::([a-zA-Z_]\w*)(:(?!:))?|\{([a-zA-Z_]\w*)\})/g,
    (mark, name = '', quoted, brace) => {
      if (!fields) return null;
      if (brace !== undefined) return fields.has(brace) ? null : mark;
      if (!fields.has(name)) return mark;
      if (quoted !== undefined) return identifier(fields.get(name));
      if (!names.includes(name)) names.push(name);
      return `$${names.indexOf(name) + 1}`;
    },
  );
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
