import type { Node } from '../model/source.ts';
import { parseSql } from './parser.ts';
import { Recent } from './recent.ts';

/** The statements of a text inside another statement; null when it does not parse. The parser is loaded by then. */
export function parseNow(sql: string): Node[] | null {
  if (sql.trim() === '') return [];
  try {
    return parseSql(sql).flatMap(({ stmt }) => (stmt ? [stmt] : []));
  } catch {
    return null;
  }
}

const recent = new Recent<{ readonly nodes: readonly Node[] | null }>(2000);

/** The same for a text that is likely to come again: a statement of a function's body. Its nodes are shared. */
export const parseAgain = (sql: string): readonly Node[] | null =>
  sql.length > LONG ? parseNow(sql) : recent.get(sql, () => ({ nodes: parseNow(sql) })).nodes;

const LONG = 20_000;
