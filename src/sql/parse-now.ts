import type { Node } from '../model/source.ts';
import { parseSql } from './parser.ts';

/** The statements of a text inside another statement; null when it does not parse. The parser is loaded by then. */
export function parseNow(sql: string): Node[] | null {
  if (sql.trim() === '') return [];
  try {
    return parseSql(sql).flatMap(({ stmt }) => (stmt ? [stmt] : []));
  } catch {
    return null;
  }
}
