import { UserError } from '../model/errors.ts';
import { onLine, type Statement } from '../model/source.ts';
import { Lines } from './lines.ts';
import { loadParser, parseSql, type RawStatement } from './parser.ts';
import { split } from './split.ts';
import { Unread } from './unread.ts';

export { loadParser };

/** The WebAssembly heap ends at 1 GiB; 10 MB of SQL take about 600 MB of it (measured). */
const LARGEST = 8 * 1024 * 1024;
/** A million statements take two gigabytes and a minute. */
const LARGEST_FILE = 24 * 1024 * 1024;

/**
 * Splits a file into statements and parses them with the grammar of Postgres 18.
 *
 * Line N of `text` is line N of `file`. One statement that does not parse loses only itself: its node is null.
 * @throws UserError for a NUL byte, which would hide from a C parser all that follows it.
 */
export async function parse(text: string, file: string): Promise<Statement[]> {
  await loadParser();
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const line = new Lines(text).at(nul);
    throw new UserError(`${file}:${line}: NUL byte.`, {
      hint: 'Remove it: the parser does not read the text after it.',
      span: onLine(file, line),
    });
  }
  const sql = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  if (sql.trim() === '') return [];
  const lines = new Lines(sql);
  if (sql.length > LARGEST_FILE) return [notParsed(sql, { start: 0, end: sql.length }, lines, file)];
  const whole = attempt(sql);
  if ('stmts' in whole) return whole.stmts.map(raw => statement(sql, raw, lines, file));
  return split(sql).map(part => parseAlone(sql, part, lines, file));
}

/** What stands for text that is too much to be read: one statement, in which anything may be. */
function notParsed(sql: string, { start, end }: { start: number; end: number }, lines: Lines, file: string): Statement {
  const span = { file, line: lines.at(start), endLine: lines.at(Math.max(start, end - 1)) };
  const because = `a file of more than ${LARGEST_FILE / 2 ** 20} million characters is not fully analyzed`;
  return { sql: sql.slice(start, start + 200), span, start, node: null, error: because, unread: true };
}

/** The statements, or why there are none. */
function attempt(sql: string): { readonly stmts: readonly RawStatement[] } | Pick<Statement, 'error' | 'unread'> {
  if (sql.length > LARGEST) return { error: `it has more than ${LARGEST / 2 ** 20} million characters`, unread: true };
  try {
    return { stmts: parseSql(sql) };
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return { error: text, ...(error instanceof Unread && { unread: true }) };
  }
}

function parseAlone(sql: string, part: { start: number; end: number }, lines: Lines, file: string): Statement {
  const text = sql.slice(part.start, part.end);
  const parsed = attempt(text);
  const span = { file, line: lines.at(part.start), endLine: lines.at(Math.max(part.start, part.end - 1)) };
  const place = { sql: text, span, start: part.start };
  if (!('stmts' in parsed)) return { ...place, node: null, ...parsed };
  const [only] = parsed.stmts;
  if (parsed.stmts.length === 1 && only?.stmt) return { ...place, node: only.stmt };
  return { ...place, node: null, error: 'the statement could not be separated from its neighbors' };
}

/** `stmt_location` and `stmt_len` count UTF-8 bytes, and are absent when zero and "to the end". */
function statement(
  sql: string,
  { stmt, stmt_location = 0, stmt_len }: RawStatement,
  lines: Lines,
  file: string,
): Statement {
  const start = lines.index(stmt_location);
  const end = stmt_len === undefined ? sql.length : lines.index(stmt_location + stmt_len);
  const text = sql.slice(start, end).trimEnd();
  return {
    sql: text,
    span: { file, line: lines.at(start), endLine: lines.at(Math.max(start, start + text.length - 1)) },
    start,
    node: stmt ?? null,
  };
}
