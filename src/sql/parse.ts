import { loadModule, parseSync } from 'libpg-query';
import { Expected } from '../errors.ts';
import { onLine, type Node, type Statement } from '../model/source.ts';
import { Lines } from './lines.ts';
import { split } from './split.ts';

interface RawStatement {
  readonly stmt?: Node;
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/** The WebAssembly heap ends at 1 GiB; 10 MB of SQL take about 600 MB of it (measured). */
const LARGEST = 8 * 1024 * 1024;

/** Compiles the parser, which goes on beside the reading of files when it is begun before. */
export const loadParser = (): Promise<void> => loadModule();

/**
 * Splits a file into statements and parses them with the grammar of Postgres 18.
 *
 * Line N of `text` is line N of `file`. One statement that does not parse loses only itself: its node is null.
 * @throws Expected for a NUL byte, which would hide from a C parser all that follows it.
 */
export async function parse(text: string, file: string): Promise<Statement[]> {
  await loadModule();
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const line = new Lines(text).at(nul);
    throw new Expected(`${file}:${line} holds a NUL byte`, {
      hint: 'Remove it: the parser would not see what follows it.',
      span: onLine(file, line),
    });
  }
  const sql = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  if (sql.trim() === '') return [];
  const lines = new Lines(sql);
  const whole = sql.length <= LARGEST ? attempt(sql) : [];
  if (typeof whole !== 'string' && sql.length <= LARGEST) return whole.map(raw => statement(sql, raw, lines, file));
  return split(sql).map(part => parseAlone(sql, part, lines, file));
}

/** The statements, or the parser's message. */
function attempt(sql: string): readonly RawStatement[] | string {
  try {
    return (parseSync(sql) as { stmts?: readonly RawStatement[] }).stmts ?? [];
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  }
}

function parseAlone(sql: string, part: { start: number; end: number }, lines: Lines, file: string): Statement {
  const text = sql.slice(part.start, part.end);
  const parsed = text.length > LARGEST ? `statement of more than ${LARGEST} characters` : attempt(text);
  const span = { file, line: lines.at(part.start), endLine: lines.at(Math.max(part.start, part.end - 1)) };
  if (typeof parsed === 'string') return { sql: text, span, start: part.start, node: null, error: parsed };
  const [only] = parsed;
  if (parsed.length === 1 && only?.stmt) return { sql: text, span, start: part.start, node: only.stmt };
  const error = 'the statement could not be told apart from its neighbours';
  return { sql: text, span, start: part.start, node: null, error };
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
