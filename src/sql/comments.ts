import { Lines } from './lines.ts';
import { tokens } from './tokens.ts';

export interface Comment {
  /** Without its marks. */
  readonly text: string;
  /** Index of its first character. */
  readonly start: number;
  readonly line: number;
  readonly endLine: number;
}

/** The comments of a text; what only looks like one inside a string is not. */
export function comments(sql: string): Comment[] {
  if (!sql.includes('--') && !sql.includes('/*')) return [];
  const lines = new Lines(sql);
  const result: Comment[] = [];
  for (const token of tokens(sql)) {
    if (token.kind !== 'comment') continue;
    const raw = sql.slice(token.start, token.end);
    const text = raw.startsWith('--') ? raw.slice(2) : raw.slice(2).replace(/\*\/$/, '');
    result.push({
      text: text.trim(),
      start: token.start,
      line: lines.at(token.start),
      endLine: lines.at(Math.max(token.start, token.end - 1)),
    });
  }
  return result;
}

/** The text with its line comments made into spaces. */
export function withoutLineComments(sql: string): string {
  if (!sql.includes('--')) return sql;
  const parts: string[] = [];
  let at = 0;
  for (const { kind, start, end } of tokens(sql)) {
    if (kind !== 'comment' || !sql.startsWith('--', start)) continue;
    parts.push(sql.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  return [...parts, sql.slice(at)].join('');
}
