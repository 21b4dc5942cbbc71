import { Lines } from './lines.ts';
import { tokens } from './tokens.ts';

/** The down migration that a file holds in comments, which no tool runs. */
export interface RollbackSection {
  /** Of `-- rollback:`. */
  readonly line: number;
  /** All but the SQL of the section blanked: line N is line N of the file. Empty of SQL when nothing is commented out. */
  readonly sql: string;
  /** SQL follows the marker that is not commented out, so that it runs as part of the migration. */
  readonly runs: boolean;
}

const MARKER = /^--\s*rollback:/i;
/** A comment for Migration Gate stays one. */
const DIRECTIVE = /^--\s*migration-gate:/i;
const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/**
 * `-- rollback: DROP TABLE orders;` and the `--` lines that follow it without a gap. Null where the file has none; what
 * only looks like one inside a string is none.
 */
export function rollbackSection(sql: string): RollbackSection | null {
  if (!/--\s*rollback:/i.test(sql)) return null;
  const lines = new Lines(sql);
  const all = [...tokens(sql)];
  const first = all.findIndex(
    ({ kind, start, end }) => kind === 'comment' && MARKER.test(sql.slice(start, end)) && beginsItsLine(sql, start),
  );
  const marker = all[first];
  if (!marker) return null;
  const line = lines.at(marker.start);
  let next = first;
  while (sql.startsWith('--', all[next]?.start) && lines.at(all[next]?.start ?? 0) === line + next - first) next += 1;
  let [down, at] = ['', 0];
  for (const { start, end } of all.slice(first, next)) {
    const text = sql.slice(start, end);
    down +=
      blank(sql.slice(at, start)) + (DIRECTIVE.test(text) ? text : text.replace(MARKER, blank).replace(/^--/, blank));
    at = end;
  }
  down += blank(sql.slice(at));
  return { line, sql: down, runs: down.trim() === '' && all.slice(next).some(({ kind }) => kind !== 'comment') };
}

const beginsItsLine = (sql: string, at: number): boolean =>
  sql.slice(sql.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
