import { parseSync } from 'libpg-query';
import type { Node } from '../model/source.ts';

/** The statements of a text inside another statement; null when it does not parse. The module is loaded by then. */
export function parseNow(sql: string): Node[] | null {
  if (sql.trim() === '') return [];
  try {
    const { stmts = [] } = parseSync(sql) as unknown as { stmts?: readonly { stmt?: Node }[] };
    return stmts.flatMap(({ stmt }) => (stmt ? [stmt] : []));
  } catch {
    return null;
  }
}
