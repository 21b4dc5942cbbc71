import type { Repo } from '../model/framework.ts';
import { split } from '../sql/split.ts';
import { tokens } from '../sql/tokens.ts';
import { behaviorOf } from './tool-behavior.ts';
import type { Unit } from './units.ts';

/** The words of SQL, without comments and white space. */
function words(sql: string): string {
  const result: string[] = [];
  for (const { kind, start, end } of tokens(sql)) if (kind !== 'comment') result.push(sql.slice(start, end));
  return result.join(' ');
}

const sqlOf = ({ parts }: Unit): string => parts.map(({ sql }) => words(sql)).join('\n');

export const isUnread = ({ parts }: Unit): boolean => parts.some(({ unread }) => unread.length > 0);

/** A program without lines that are comments alone, and without white space. */
const code = (text: string): string =>
  text
    .split('\n')
    .filter(line => !/^\s*(\/\/|#|--|\*|\/\*.*\*\/\s*$)/.test(line))
    .join('')
    .replace(/\s+/g, '');

/** Both sides of a change. */
export interface Sides {
  readonly head: Repo;
  readonly base: Repo;
}

/** Do they send the same, and is the same of it unread? What another file sends is in no checksum. */
export const sendSame = (was: Unit, is: Unit): boolean => sqlOf(was) === sqlOf(is) && isUnread(was) === isUnread(is);

/** Is the same text sent of a file that nobody touched? Placeholders take their values from the configuration. */
export const isFilledSame = (was: Unit, is: Unit): boolean =>
  was === is ||
  was.parts.length !== is.parts.length ||
  !is.file.endsWith('.sql') ||
  is.parts.every(({ sql }, nth) => sql === was.parts[nth]?.sql);

/** Is a file of code the same on both sides, but for comments and white space? */
export async function isSameCode(file: string, { head, base }: Sides): Promise<boolean> {
  if (![base, head].every(side => side.paths.includes(file))) return false;
  return code(await base.read(file)) === code(await head.read(file));
}

/** Are a merged migration and what stands in its place the same, as their tool sees it? */
export async function alike(was: Unit, is: Unit, { head, base }: Sides): Promise<boolean> {
  const { compares } = behaviorOf(is.framework);
  const sameSql = sqlOf(was) === sqlOf(is);
  if (is.direction === 'down' || (compares === 'sql' && !isUnread(is)))
    return sameSql && isUnread(is) === isUnread(was);
  const [old, now] = [await base.read(was.file), await head.read(is.file)];
  if (old === now) return true;
  if (compares === 'sql') return sameSql && code(old) === code(now);
  if (compares === 'bytes') return false;
  // Of a file that holds several, each is compared by itself.
  const [before, after] = compares === 'words' ? [raw(was), raw(is)] : [old, now];
  return compares === 'words'
    ? before.replace(/\s+/g, ' ').trim() === after.replace(/\s+/g, ' ').trim()
    : lines(before) === lines(after);
}

const raw = ({ parts }: Unit): string => parts.map(({ sql }) => sql).join('\n');
const lines = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .join('\n');

/** Of both, the share of statements that stand in both; programs that are not read share nothing. */
export function likeness(was: Unit, is: Unit): number {
  const [olds, news] = [statements(was), statements(is)];
  if (olds.length === 0 || news.length === 0) return 0;
  const unmatched = [...olds];
  let common = 0;
  for (const one of news) {
    const at = unmatched.indexOf(one);
    if (at >= 0) {
      unmatched.splice(at, 1);
      common += 1;
    }
  }
  return common / Math.max(olds.length, news.length);
}

/** The same SQL, and some. */
export const isSame = (was: Unit, is: Unit): boolean => {
  const sql = sqlOf(was);
  return sql.trim() !== '' && sql === sqlOf(is);
};

export const statementsOf = (sql: string): { start: number; end: number; text: string }[] =>
  split(sql).map(({ start, end }) => ({ start, end, text: words(sql.slice(start, end)) }));

const statements = ({ parts }: Unit): string[] => parts.flatMap(({ sql }) => statementsOf(sql).map(({ text }) => text));
