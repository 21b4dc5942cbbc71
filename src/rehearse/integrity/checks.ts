import { bounded } from '../../database/bounded.ts';
import type { Client } from '../../database/service.ts';
import { UserError } from '../../model/errors.ts';
import type { Span } from '../../model/source.ts';

export type Requirement =
  | { readonly kind: 'no rows' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'between'; readonly least: number; readonly most: number };

/** A query of the user's, and what it must answer. */
export interface Check {
  readonly name: string;
  readonly sql: string;
  readonly must: Requirement;
  /** Null for one that stands in the configuration. */
  readonly span: Span | null;
}

/** What a check has shown. */
export interface BrokenCheck {
  readonly message: string;
  readonly span: Span | null;
}

/** A query's rows as text, or why it could not be run. */
export type Answer = { readonly rows: readonly string[] } | { readonly failed: string };

/** What a check that could not be asked proves: nothing, which is no pass. */
export const notRun = (answers: ReadonlyMap<Check, Answer>): readonly (BrokenCheck & { readonly check: Check })[] =>
  [...answers].flatMap(([check, answer]) =>
    'failed' in answer ? [{ check, message: `${check.name} cannot be run: ${answer.failed}.`, span: check.span }] : [],
  );

/**
 * The checks of a file: each begins with a comment `-- must return no rows`, `-- must not change` or
 * `-- must be between 1 and 9`, and goes to the next such comment.
 * @throws UserError where a file says nothing of what must be.
 */
export function checksOf(file: string, sql: string): Check[] {
  const lines = sql.split(/\r\n|\r|\n/);
  const starts = lines.flatMap((line, at) => {
    const must = promiseOf(line);
    return must ? [{ at, must }] : [];
  });
  if (starts.length === 0)
    throw new UserError(`integrity-checks: ${file}: a query has no condition.`, {
      hint: 'Start each query with "-- must return no rows", "-- must not change" or "-- must be between 1 and 9".',
    });
  return starts.map(({ at, must }, i) => {
    const end = starts[i + 1]?.at ?? lines.length;
    const span = { file, line: at + 1, endLine: end };
    return { name: `${file}:${at + 1}`, must, span, sql: lines.slice(at, end).join('\n') };
  });
}

/** Is an entry of the configuration a query, and no glob? */
export const isQuery = (entry: string): boolean => /^must\b/i.test(entry);

/** What a file promises, each check in one line without its comments; nothing where it cannot be read. */
export function conditionOf(sql: string): string[] {
  let must = '';
  const condition: string[] = [];
  const words: string[] = [];
  const end = (): void => {
    if (must !== '') condition.push(`${must}: ${words.splice(0).join(' ')}`);
  };
  for (const line of sql.split(/\r\n|\r|\n/)) {
    if (promiseOf(line)) {
      end();
      words.length = 0;
      must = line
        .replace(/^\s*(--\s*)?/, '')
        .replace(/\s+/g, ' ')
        .trim()
        .toLowerCase();
    } else if (!/^\s*(--.*)?$/.test(line)) words.push(line.replace(/\s+/g, ' ').trim());
  }
  end();
  return condition;
}

/** What a header comment, or an entry of the configuration, promises; null when it promises nothing. */
export function promiseOf(text: string): Requirement | null {
  const condition =
    /^\s*(?:--\s*)?must\s+(?:(return no rows)|(not change)|be between\s+(-?[\d.]+)\s+and\s+(-?[\d.]+))\s*$/i.exec(text);
  if (condition === null) return null;
  if (condition[1] !== undefined) return { kind: 'no rows' };
  if (condition[2] !== undefined) return { kind: 'unchanged' };
  const [least, most] = [Number(condition[3]), Number(condition[4])];
  return Number.isNaN(least) || Number.isNaN(most) ? null : { kind: 'between', least, most };
}

/** Runs each check in a transaction that changes nothing. */
export async function ask(client: Client, checks: readonly Check[]): Promise<Map<Check, Answer>> {
  const answers = new Map<Check, Answer>();
  for (const check of checks) {
    await client.query('begin read only');
    try {
      // One statement: another could end the transaction.
      const query = { text: check.sql, rowMode: 'array', queryMode: 'extended' } as const;
      const { rows } = await bounded(client, () => client.query<unknown[]>(query));
      answers.set(check, { rows: rows.map(row => JSON.stringify(row)) });
    } catch (error) {
      answers.set(check, { failed: error instanceof Error ? error.message : String(error) });
    } finally {
      await client.query('rollback');
    }
  }
  return answers;
}

/** What does not hold after, and held before: an old fault is not this change's. */
export function broken(before: ReadonlyMap<Check, Answer>, after: ReadonlyMap<Check, Answer>): BrokenCheck[] {
  return [...after].flatMap(([check, now]) => {
    const was = before.get(check);
    const message = 'failed' in now ? null : complaint(check, was, now);
    if (message === null) return [];
    if (check.must.kind !== 'unchanged' && was !== undefined && complaint(check, undefined, was) !== null) return [];
    return [{ message: `${check.name} ${message}`, span: check.span }];
  });
}

function complaint({ must }: Check, was: Answer | undefined, now: Answer): string | null {
  if ('failed' in now) return 'cannot be run.';
  const { rows } = now;
  if (must.kind === 'no rows') return rows.length === 0 ? null : `must return no rows, but returned ${rows.length}.`;
  if (must.kind === 'unchanged') {
    if (was === undefined) return null;
    if ('failed' in was) return `must not change, but could not be run before: ${was.failed}.`;
    const same = was.rows.length === rows.length && was.rows.every((row, at) => row === rows[at]);
    return same ? null : 'must not change, but changed.';
  }
  const first: unknown = JSON.parse(rows[0] ?? '[]');
  const value = Array.isArray(first) && first[0] !== null ? Number(first[0]) : Number.NaN;
  return value >= must.least && value <= must.most
    ? null
    : `must be between ${must.least} and ${must.most}, but is ${Number.isNaN(value) ? 'not a number' : value}.`;
}
