import { isVisible, same, type CostOf, type Relation } from '../model/effect.ts';
import { blocksReads } from '../model/lock.ts';
import type { RelationKind } from '../model/schema.ts';
import type { Step, WholeTransaction } from '../model/step.ts';
import { defineRule, type Violation } from '../model/rule.ts';
import { blockingWork } from './shared/blocking-work.ts';
import { isWithoutLockTimeout } from './shared/lock-timeout.ts';
import { listed, quoteRelation } from './shared/quote.ts';

interface Wait {
  readonly step: Step;
  readonly lock: CostOf<'lock'>;
}

const TABLES: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table', 'foreign-table']);

/** The transaction's first wait for each table that it makes unusable, where lock_timeout does not limit the wait. */
function waitsOf({ steps }: WholeTransaction): Wait[] {
  const waitsFound: Wait[] = [];
  for (const step of steps) {
    const locked: Relation[] = [];
    for (const lock of isWithoutLockTimeout(step) ? step.costs : []) {
      if (lock.kind !== 'lock' || lock.until !== 'commit' || !blocksReads(lock.mode) || !isVisible(lock.relation))
        continue;
      if (
        !TABLES.has(lock.relation.kind) ||
        step.heldLocks.some(earlier => blocksReads(earlier.mode) && same(earlier.relation, lock.relation))
      )
        continue;
      // What one statement locks beside its table comes after it, or goes with it: partitions, and tables that a key joins.
      if (locked.length === 0) waitsFound.push({ step, lock });
      locked.push(lock.relation);
    }
  }
  return waitsFound;
}

/** The tables of a violation, in the order in which they are locked. */
const lockOrder = ({ evidence }: Violation): string[] =>
  evidence.flatMap(effect => (effect.kind === 'lock' ? [quoteRelation(effect.relation)] : []));

const waitsByTransaction = new WeakMap<WholeTransaction, readonly Wait[]>();

function waits({ whole }: Step): readonly Wait[] {
  const result = waitsByTransaction.get(whole) ?? waitsOf(whole);
  waitsByTransaction.set(whole, result);
  return result;
}

/** Work under a lock of the same transaction is an error of its own, beside which a wait is no news. */
const blocksLonger = ({ whole }: Step): boolean =>
  whole.steps.some(step => {
    const blocking = blockingWork(step, step.costs);
    return blocking !== null && blocking.severity.severity === undefined;
  });

export default defineRule({
  id: 'lock-without-timeout',
  summary: 'A transaction keeps a table locked while it waits for another table, without lock_timeout.',
  category: 'hygiene',
  severity: 'warning',
  general: true,
  once: true,
  why: `
A transaction keeps every lock until it commits. While it waits for the second table behind a long query, the first one
stays unusable, and later queries on both queue behind the migration. A session that uses the two tables in the other
order deadlocks with it, and Postgres cancels one of them. With \`lock_timeout\` the migration gives up and can be
retried; a transaction for each table avoids both. A transaction that locks one table is not reported: see
[missing-lock-timeout](missing-lock-timeout.md).`,
  aliases: ['lockTimeoutWarning'],
  examples: [
    {
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key);',
      bad: 'alter table users add column email text; alter table orders add column note text;',
      good: [
        "set local lock_timeout = '2s'; alter table users add column email text; alter table orders add column note text;",
      ],
    },
    {
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key);',
      bad: 'alter table orders add column note text; drop trigger if exists audit on users; alter table users add column email text;',
      good: ['alter table users add column email text;', 'alter table orders add column note text;'],
    },
  ],
  beside: (first, other) => {
    const [mine, theirs] = [lockOrder(first), lockOrder(other)];
    const swapped = mine.flatMap((early, nth) =>
      mine
        .slice(nth + 1)
        .filter(late => theirs.includes(late) && theirs.indexOf(late) < theirs.indexOf(early))
        .map(late => [early, late] as const),
    );
    const [pair] = swapped;
    return pair === undefined
      ? null
      : `locks ${pair[1]} before ${pair[0]}: no order of the application avoids both deadlocks.`;
  },
  *check(step, cited) {
    const [first, ...others] = waits(step);
    if (first?.step !== step || others.length === 0 || cited.has(first.lock) || blocksLonger(step)) return;
    const names = others.map(({ lock }) => quoteRelation(lock.relation));
    const name = quoteRelation(first.lock.relation);
    const both = names.length === 1 ? 'both' : 'all of them';
    yield {
      message: `Keeps ${first.lock.mode} on ${name} while it waits for ${listed(names)} without lock_timeout: queries on ${both} queue, and a session that uses them in another order deadlocks.`,
      remedy: {
        text: `Set lock_timeout to a few seconds before the first statement, and retry the migration when it expires; or alter each table in a transaction of its own.`,
        steps: [
          {
            title: 'At the top of the file',
            sql: `${step.transaction.block ? 'SET LOCAL' : 'SET'} lock_timeout = '5s';`,
          },
        ],
      },
      evidence: [first.lock, ...others.map(({ lock }) => lock)],
    };
  },
});
