import type { Migration } from '../../model/source.ts';
import { Lines } from '../../sql/lines.ts';
import { tokens } from '../../sql/tokens.ts';

/** Where a text has a placeholder; `value` is null where the repository does not say what stands there. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** An identifier that stands for an unknown value. */
  readonly name: string;
  readonly value: string | null;
}

/** In these a string is a value, whatever it is. */
const DATA = /^(insert|update|delete|merge|comment|copy|create|alter|select|with)$/;
/** Kinds of objects that CREATE names. */
const NAMED =
  /^(table|schema|view|sequence|type|function|procedure|index|domain|trigger|extension|publication|collation|aggregate|concurrently|exists)$/;
const ROLE = /^(role|user|group|authorization|database)$/;

/**
 * The text with its values, and with an identifier of the same width for each that is not known. Such a one is unread,
 * unless it stands in a comment or a value, names a role that gets something, or an object that was made by that name.
 */
export function substituted(
  text: string,
  places: readonly Place[],
  created = new Set<string>(),
): Pick<Migration, 'sql' | 'unread'> {
  if (places.length === 0) return { sql: text, unread: [] };
  const stand = replaced(text, places, place => substitute(text, place));
  const sql = replaced(text, places, place => place.value ?? substitute(text, place));
  const lines = new Lines(text);
  const unread = unknown(text, stand, { open: places.filter(({ value }) => value === null), created }).map(place => ({
    line: lines.at(place.start),
    because: `What ${text.slice(place.start, place.end)} stands for is known only where the migration is run.`,
  }));
  return { sql, unread };
}

interface Search {
  readonly open: readonly Place[];
  readonly created: Set<string>;
  readonly from?: number;
  readonly to?: number;
}

function unknown(text: string, stand: string, { open, created, from = 0, to = stand.length }: Search): Place[] {
  const unknownPlaces: Place[] = [];
  let words: string[] = [];
  for (const { kind, start, end } of tokens(stand.slice(0, to), from)) {
    if (kind === 'semicolon') words = [];
    if (kind === 'comment' || kind === 'semicolon') continue;
    const own = open.filter(place => place.start < end && place.end > start);
    if (kind === 'string' && own.length > 0) {
      const mark = /^\$[^$]*\$/.exec(stand.slice(start, Math.min(end, start + 99)))?.[0].length ?? 0;
      if (mark > 0)
        unknownPlaces.push(...unknown(text, stand, { open: own, created, from: start + mark, to: end - mark }));
      else if (!DATA.test(words[0] ?? '') || words.some(word => /^(function|procedure|execute)$/.test(word)))
        unknownPlaces.push(...own);
    } else
      for (const place of own) {
        const name = nameAround(text, place);
        const isNew = creates(words);
        if (!created.has(name) && !(isNew && !words.includes('replace')) && !isRole(words)) unknownPlaces.push(place);
        if (isNew) created.add(name);
      }
    if (kind === 'identifier') words.push(stand.slice(start, end).toLowerCase());
  }
  return unknownPlaces;
}

const creates = (words: readonly string[]): boolean => words[0] === 'create' && NAMED.test(afterQualifier(words));

/** The word before a name; what came with a dot is part of it, and so comes without a word of its own here. */
const afterQualifier = (words: readonly string[]): string => words.at(-1) ?? '';

/** Who gets or owns something: no object. */
function isRole(words: readonly string[]): boolean {
  const [first = ''] = words;
  const [before, last] = [words.at(-2) ?? '', words.at(-1) ?? ''];
  if (/^(drop|reassign|truncate|delete)$/.test(first)) return false;
  if (last === 'to')
    return first === 'grant' || before === 'owner' || words.includes('privileges') || words.includes('policy');
  if (last === 'from') return first === 'revoke' || words.includes('privileges');
  return ROLE.test(last);
}

/** The name that a placeholder is part of, as it is written. */
function nameAround(text: string, { start, end }: Place): string {
  let [from, to] = [start, end];
  while (from > 0 && /[\w$.{}":-]/.test(text[from - 1] ?? '')) from -= 1;
  while (/[\w$.{}":-]/.test(text[to] ?? '')) to += 1;
  return text.slice(from, to).replaceAll('"', '').toLowerCase();
}

/** Of the width of the placeholder, and part of the word that goes on behind it. */
const substitute = (text: string, { start, end, name }: Place): string =>
  name.slice(0, end - start).padEnd(end - start, /[\w"$]/.test(text[end] ?? '') ? '_' : ' ');

function replaced(text: string, places: readonly Place[], by: (place: Place) => string): string {
  let [result, at] = ['', 0];
  for (const place of places) {
    result += text.slice(at, place.start) + by(place);
    at = place.end;
  }
  return result + text.slice(at);
}

/** Marks of templates of any kind: in a name they are never meant for the server. */
const MARKS = /\$\{|<%|\{\{|\{%|#\{|@\{/;

/** Quoted names that hold marks of a template: such a text parses, and names what is not there. */
export function templatesInNames(sql: string): Migration['unread'] {
  if (!MARKS.test(sql)) return [];
  const lines = new Lines(sql);
  const unrendered: { line: number; because: string }[] = [];
  const look = (from: number, to: number): void => {
    let code = false;
    for (const { kind, start, end } of tokens(sql.slice(0, to), from)) {
      const text = sql.slice(start, end);
      if (kind === 'semicolon') code = false;
      else if (kind === 'identifier' && text.startsWith('"') && MARKS.test(text))
        unrendered.push({ line: lines.at(start), because: `A template makes the name ${text}; it is not rendered.` });
      else if (kind === 'identifier' && /^(do|execute)$/i.test(text)) code = true;
      else if (kind === 'string' && code && MARKS.test(text)) {
        const mark = /^\$[^$]*\$/.exec(text)?.[0].length ?? 0;
        if (mark > 0) look(start + mark, end - mark);
        else
          unrendered.push({ line: lines.at(start), because: 'A template makes what is run here; it is not rendered.' });
      }
    }
  };
  look(0, sql.length);
  return unrendered;
}
