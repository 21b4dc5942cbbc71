import { isVisible, same, type ChangeOf, type CostOf } from '../model/effect.ts';
import { blocksReads } from '../model/lock.ts';
import { keyOf } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, costsOf, waits } from './shared/blocking-work.ts';
import { gathered } from './shared/earlier.ts';
import { listed, quoteRelation, quote } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';
import { endsOf } from './shared/transaction-ends.ts';

export default defineRule({
  id: 'blocking-index-drop',
  summary: 'DROP INDEX blocks reads and writes on its table.',
  category: 'locks',
  severity: 'warning',
  why: `
\`DROP INDEX\` takes an \`ACCESS EXCLUSIVE\` lock on the table. The drop itself is fast, but it waits for running
queries, and later queries queue behind it. \`DROP INDEX CONCURRENTLY\` waits without blocking other queries. Reported once per transaction, with all indexes.`,
  aliases: ['require-concurrent-index-deletion', 'drop-index-not-concurrent', 'requireConcurrentIndexDeletion'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key, status text); create index orders_status on orders (status);',
      bad: 'drop index orders_status;',
      good: ['-- migration-gate: transaction per-statement\ndrop index concurrently orders_status;'],
    },
  ],
  *check(step) {
    if (earlier(step).length > 0) return;
    const [own] = drops(step);
    if (!own) return;
    const { change, lock } = own;
    const others = step.whole.steps.flatMap(drops).filter(drop => drop.change !== change);
    // Of an index that no migration made, the table is not known.
    const name = change.relation.kind === 'index' ? 'its table' : quoteRelation(change.relation);
    const partitioned = change.relation.kind === 'partitioned-table';
    const also =
      others.length > 0 ? `, like the drop of ${listed(others.map(other => quote(other.change.index)))}` : '';
    yield {
      message: `DROP INDEX ${quote(change.index)} takes ${waits(lock)} on ${name}, also while it waits for running queries${also}.`,
      remedy: partitioned
        ? {
            text: 'DROP INDEX CONCURRENTLY is not supported for an index of a partitioned table. Set a short lock_timeout and retry when it expires.',
            steps: [],
          }
        : {
            text: `Use DROP INDEX CONCURRENTLY.${howOutside(step)}`,
            steps: [own, ...others].flatMap(drop =>
              outside(step, `Drop ${quote(drop.change.index)}`, `DROP INDEX CONCURRENTLY ${indexOf(drop)}`),
            ),
          },
      evidence: drops(step).flatMap(drop => [drop.change, ...costsOf(step, drop.change)]),
    };
  },
});

interface Drop {
  readonly change: ChangeOf<'drop-index'>;
  readonly lock: CostOf<'lock'>;
}

/** An index whose table goes, too, in the same transaction is not what others wait for. */
function drops(step: Step): Drop[] {
  return step.changes.flatMap(change => {
    if (change.kind !== 'drop-index' || change.concurrently || !isVisible(change.relation)) return [];
    const lock = blockingLock(step, change.relation);
    const goes =
      step.before.relations.has(keyOf(change.relation)) &&
      !endsOf(step.whole).after.relations.has(keyOf(change.relation));
    // Held already, for something else that the transaction does to the table: nobody waits any longer.
    const held = step.heldLocks.some(
      one => blocksReads(one.mode) && same(one.relation, change.relation) && one.cause?.kind !== 'drop-index',
    );
    return lock && !goes && !held ? [{ change, lock }] : [];
  });
}

const earlier = gathered(drops);

const indexOf = ({ change: { relation, index } }: Drop): string =>
  quoteRelation({ schema: relation.schema, name: index });
