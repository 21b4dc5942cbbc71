import { tokens } from './tokens.ts';

/** Where each statement starts and ends, without its semicolon and leading comments: for a file that does not parse whole. */
export function split(sql: string): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = -1;
  let end = -1;
  let depth = 0;
  for (const token of tokens(sql)) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'identifier') depth = atomic(depth, sql.slice(token.start, token.end), sql, start, token.start);
    if (token.kind === 'semicolon' && depth === 0) {
      if (start >= 0) parts.push({ start, end });
      start = -1;
      continue;
    }
    if (start < 0) start = token.start;
    end = token.end;
  }
  if (start >= 0) parts.push({ start, end });
  return parts;
}

/** BEGIN ATOMIC … END of a SQL-standard function body holds semicolons (CREATE FUNCTION, 14+). */
function atomic(depth: number, word: string, sql: string, start: number, at: number): number {
  const lower = word.toLowerCase();
  if (depth > 0) return lower === 'end' ? depth - 1 : lower === 'case' ? depth + 1 : depth;
  if (lower !== 'atomic' || start < 0) return 0;
  return /\bbegin\s*$/i.test(sql.slice(start, at)) ? 1 : 0;
}
