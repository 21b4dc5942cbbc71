import { asText, plainText, type Piece, type Text, type Value } from './value.ts';

/**
 * Knex's `?` and `??` with the list that fills them: values become parameters, names are put in. Null where a name is
 * not known, and for what other tools replace in the text itself: Sequelize's `replacements`, node-pg-migrate's `{name}`.
 */
export function withBindings(text: Text, given: Value | undefined): Text | null {
  if (given?.kind === 'record')
    return given.fields.has('replacements') || /\{\w+\}|(?<!:):[a-zA-Z]\w*/.test(plainText(text)) ? null : text;
  if (given?.kind !== 'list' || !plainText(text).includes('?')) return text;
  let at = 0;
  const unknown: string[] = [];
  const pieces = text.pieces.map((piece): Piece => ({
    ...piece,
    text: piece.text.replace(/\\\?|\?\??/g, mark => {
      if (mark === '\\?') return '?';
      const value = given.items?.[at];
      at += 1;
      if (mark === '?') return `$${at}`;
      const name = value ? asText(value) : null;
      if (name === null) unknown.push(mark);
      return name === null ? mark : identifier(plainText(name));
    }),
  }));
  return unknown.length > 0 ? null : { kind: 'text', pieces };
}

const identifier = (name: string): string =>
  name
    .split('.')
    .map(part => `"${part.replaceAll('"', '""')}"`)
    .join('.');
