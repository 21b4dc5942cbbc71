import type { Migration } from '../../model/source.ts';
import { Lines } from '../../sql/lines.ts';
import { blank } from './blank.ts';

const CONTROL = /^\{\{-?\s*(if|else|end|range|with|define|block|template)\b/;

/** A field, which is a value of the tool's configuration: whatever else makes text may make any. */
const VALUE = /^\{\{-?[ \t]*(?:index[ \t]+)?\.[\w.]*(?:[ \t]+"\w+")*[ \t]*-?\}\}$/;

/** Go templates: one that stands for a value becomes an identifier of the same width; one that decides text is unread. */
export function templates(text: string): Pick<Migration, 'sql' | 'unread'> {
  const unread: { line: number; because: string }[] = [];
  const lines = new Lines(text);
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
    return 'template'.slice(0, whole.length).padEnd(whole.length, '_');
  });
  return { sql, unread };
}

/** `${name}`, `${name:-default}` and `${flyway:name}` stand for an identifier of the same width. */
export const placeholders = (sql: string): string =>
  sql.replace(/\$\{(?:flyway:|[\w-]{1,99}\.)*([\w-]{1,99})(?::?-[^}\n]{0,999})?\}/g, (whole, name: string) =>
    name.replaceAll('-', '_').padEnd(whole.length),
  );
