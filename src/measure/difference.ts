import type { Cost, CostOf, Relation } from '../model/effect.ts';
import { stronger } from '../model/lock.ts';
import type { KnownRelation, Snapshot } from './snapshot.ts';

const measured = { cause: null, basis: 'measured', certainty: 'will' } as const;

const relationOf = ({ schema, name, kind }: KnownRelation): Relation => ({ schema, name, kind, age: 'existing' });

/** What the server says of its work at DEBUG1; the texts are the same from 12 to 18. */
const SAYINGS = {
  rewrites: /^rewriting table "(.*)"$/,
  verifies: /^verifying table "(.*)"$/,
  builds: /^building index "(.*)" on table "(.*)" (?:serially|with request)/,
};

export interface Between {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Messages of the server during the statement. */
  readonly notices: readonly string[];
  /** Oids of what others could see when the transaction began. */
  readonly shared: ReadonlySet<number>;
  /** CLUSTER and VACUUM FULL copy the rows, and do not say so. */
  readonly copies: boolean;
}

/** The locks of a session, as costs name them. */
export const heldIn = ({ relations, locks }: Snapshot): CostOf<'lock'>[] =>
  [...locks].flatMap(([oid, mode]) => {
    const relation = relations.get(oid);
    return relation ? [{ ...measured, kind: 'lock', relation: relationOf(relation), mode, until: 'commit' }] : [];
  });

/** What others could see, and is no more. */
export const goneSince = ({ relations }: Snapshot, after: Snapshot, shared: ReadonlySet<number>): Relation[] =>
  [...relations.values()].filter(({ oid }) => shared.has(oid) && !after.relations.has(oid)).map(relationOf);

/** What one statement cost: what the session saw before it held against what it saw after. */
export function difference({ before, after, notices, shared, copies }: Between): Cost[] {
  const costs: Cost[] = [];
  const matchesOf = (saying: RegExp): RegExpExecArray[] =>
    notices.map(notice => saying.exec(notice)).filter(match => match !== null);
  const rewritten = new Set(matchesOf(SAYINGS.rewrites).map(([, name]) => name));
  const verified = new Set(matchesOf(SAYINGS.verifies).map(([, name]) => name));

  const isAmbiguous = (name: string): boolean =>
    after.temporary.has(name) ||
    [...after.relations.values()].filter(other => other.name === name && hasRows(other)).length > 1;

  for (const oid of shared) {
    const snapshot = before.relations.get(oid) ?? after.relations.get(oid);
    if (!snapshot) continue;
    const relation = relationOf(snapshot);
    const mode = after.locks.get(oid);
    const had = before.locks.get(oid);
    if (mode && (!had || stronger(mode, had) !== had)) {
      costs.push({ ...measured, kind: 'lock', relation, mode, until: 'commit' });
    }
    const now = after.relations.get(oid);
    if (hasRows(snapshot) && now && now.file !== snapshot.file) {
      const kind = copies || rewritten.has(snapshot.name) || rewritten.has(now.name) ? 'rewrite' : 'new-file';
      costs.push({ ...measured, kind, relation });
    }
    const read = (after.scans.get(oid) ?? 0) > (before.scans.get(oid) ?? 0);
    // The message has no schema: of two tables of a name only the counter tells.
    const isVerified = verified.has(snapshot.name) && hasRows(snapshot) && mode && !isAmbiguous(snapshot.name);
    if (read || isVerified) costs.push({ ...measured, kind: 'scan', relation });
  }
  return [...costs, ...builds(matchesOf(SAYINGS.builds), before, after, shared)];
}

/** A sequence gets a new file from ALTER SEQUENCE; its one row is no work. */
const hasRows = ({ kind }: KnownRelation): boolean => kind === 'table' || kind === 'materialized-view';

function builds(
  messages: readonly RegExpExecArray[],
  before: Snapshot,
  after: Snapshot,
  shared: ReadonlySet<number>,
): Cost[] {
  const files = new Set([...before.relations.values()].map(({ file }) => file));
  const names = new Set([...before.relations.values()].map(({ schema, name }) => `${schema}.${name}`));
  // REINDEX CONCURRENTLY builds `i_ccnew` and swaps the names.
  const built = new Set(messages.map(([, index = '']) => index.replace(/_ccnew\d*$/, '')));
  return [...after.relations.values()].flatMap((index): Cost[] => {
    const table = index.table !== null && shared.has(index.table) ? before.relations.get(index.table) : undefined;
    // An index on a file that was there is adopted (ADD CONSTRAINT … USING INDEX) or kept (ALTER TYPE), not built.
    if (!table || index.kind !== 'index' || !built.has(index.name) || files.has(index.file)) return [];
    const rebuild = names.has(`${index.schema}.${index.name}`);
    return [{ ...measured, kind: 'build-index', relation: relationOf(table), index: index.name, rebuild }];
  });
}
