import type { Migration } from '../../model/source.ts';
import { Lines } from '../../sql/lines.ts';
import { blank } from './blank.ts';
import { substituted, type Place } from './substituted.ts';

const CONTROL = /^\{\{-?\s*(if|else|end|range|with|define|block|template)\b/;

/** A field, which is a value of the tool's configuration: whatever else makes text may make any. */
const VALUE = /^\{\{-?[ \t]*(?:index[ \t]+)?\.[\w.]*(?:[ \t]+"\w+")*[ \t]*-?\}\}$/;

type Read = Pick<Migration, 'sql' | 'unread'>;

/** Go templates: one that stands for a value becomes an identifier of the same width; one that decides text is unread. */
export function templates(text: string): Read {
  const unread: { line: number; because: string }[] = [];
  const lines = new Lines(text);
  const places: Place[] = [];
  // One that is not closed reaches to the end: looked for again at each opening, that would take the square of the time.
  const sql = text.replace(/\{\{[\s\S]*?(?:\}\}|$)/g, (whole, at: number) => {
    if (!whole.endsWith('}}')) return whole;
    if (CONTROL.test(whole)) {
      unread.push({
        line: lines.at(at),
        because: 'A template decides which SQL is sent here. Templates are not rendered.',
      });
      return blank(whole);
    }
    if (!VALUE.test(whole)) {
      unread.push({ line: lines.at(at), because: 'A template generates the SQL here. Templates are not rendered.' });
      return blank(whole);
    }
    places.push({ start: at, end: at + whole.length, name: 'template', value: null });
    return whole;
  });
  const read = substituted(sql, places);
  return { sql: read.sql, unread: [...unread, ...read.unread] };
}

/** What is known of placeholders: their values, and the names that earlier migrations made with them. */
export interface PlaceholderValues {
  readonly lookup?: (name: string) => string | null;
  readonly created?: Set<string>;
}

/**
 * `${name}`, `${name:-default}` and `${flyway:name}`: the value where the configuration says it, else an identifier of the
 * same width, and unread where that names what a statement is done to.
 */
export function placeholders(text: string, { lookup = () => null, created }: PlaceholderValues = {}): Read {
  const matches = text.matchAll(/\$\{((?:flyway:|[\w-]{1,99}\.)*([\w-]{1,99}))(?::?-[^}\n]{0,999})?\}/g);
  const unread: { line: number; because: string }[] = [];
  const lines = new Lines(text);
  const places = [...matches].map(({ 0: whole, 1: full = '', 2: name = '', index }): Place => {
    const value = lookup(full);
    if (value !== null && /[\r\n]/.test(value)) unread.push({ line: lines.at(index), because: SEVERAL_LINES });
    return {
      start: index,
      end: index + whole.length,
      name: name.replaceAll('-', '_'),
      value: value !== null && /[\r\n]/.test(value) ? null : value,
    };
  });
  const read = substituted(text, places, created);
  return { ...read, unread: [...read.unread, ...unread] };
}

const SEVERAL_LINES =
  'The value of a placeholder may contain a line break: SQL that looks like a comment here may be sent.';
