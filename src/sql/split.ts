import { isOpen, tokens } from './tokens.ts';

/** Where each statement starts and ends, without its semicolon and leading comments: for a file that does not parse whole. */
export function split(sql: string): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let start = -1;
  let end = -1;
  let depth = 0;
  let previous = '';
  for (const token of tokens(sql)) {
    if (token.kind === 'comment' && !isOpen(sql, token)) continue;
    const word = token.kind === 'identifier' ? sql.slice(token.start, token.end).toLowerCase() : '';
    if (word !== '') depth = atomic(depth, word, previous);
    previous = word;
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
function atomic(depth: number, word: string, previous: string): number {
  if (depth > 0) return word === 'end' ? depth - 1 : word === 'case' ? depth + 1 : depth;
  return word === 'atomic' && previous === 'begin' ? 1 : 0;
}
