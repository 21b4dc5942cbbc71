import { tokens } from './tokens.ts';
import { Unread } from './unread.ts';

/** Of which operators are made, and marks of comments (scan.l, op_chars). */
const OPERATOR = new Uint8Array(128);
for (const sign of '~!@#^&|`?+-*/%<>=') OPERATOR[sign.charCodeAt(0)] = 1;

/**
 * The scanner of Postgres looks at a whole run of these signs again for each comment that it opens, and for each operator
 * that it takes from it: 40,000 take it half a minute.
 */
const LONGEST = 256;

/**
 * The same text, byte for byte in length, for which the scanner takes time in proportion: in comments the signs of
 * operators are blanked where they make a long run.
 * @throws Unread where a long run is no comment
 */
export function scannable(sql: string): string {
  if (sql.length <= LONGEST || !hasRun(sql)) return sql;
  let text = '';
  let at = 0;
  for (const { kind, start, end } of tokens(sql)) {
    if (kind !== 'comment' || sql[start] !== '/') continue;
    const rest = sql.slice(at, start);
    const closed = sql.endsWith('*/', end) && end - start >= 4;
    const inside = sql.slice(start + 2, closed ? end - 2 : end).replace(/[~!@#^&|`?+\-*/%<>=]/g, ' ');
    text += `${checked(rest)}/*${inside}${closed ? '*/' : ''}`;
    at = end;
  }
  return text + checked(sql.slice(at));
}

function hasRun(sql: string): boolean {
  let run = 0;
  for (let at = 0; at < sql.length; at += 1) {
    run = OPERATOR[sql.charCodeAt(at)] === 1 ? run + 1 : 0;
    if (run > LONGEST) return true;
  }
  return false;
}

/** Strings and comments to the end of a line may hold any run. */
function checked(sql: string): string {
  let [run, last] = [0, -1];
  if (hasRun(sql))
    for (const { kind, start, end } of tokens(sql)) {
      run = kind === 'other' && start === last && OPERATOR[sql.charCodeAt(start)] === 1 ? run + 1 : 0;
      last = end;
      if (run > LONGEST) throw new Unread(`it contains more than ${LONGEST} operator characters in a row`);
    }
  return sql;
}
