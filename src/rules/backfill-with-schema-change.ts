import { isVisible, same, type ChangeOf, type CostOf, type Relation } from '../model/effect.ts';
import { blocked, blocksReads } from '../model/lock.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { gathered } from './shared/earlier.ts';
import { heldAt } from './shared/held-lock.ts';
import { quoteRelation } from './shared/quote.ts';
import { later } from './shared/remedy.ts';
import { seenOf, wholeRows } from './shared/whole-rows.ts';

type RowChange = ChangeOf<'change-rows'>;

/** The table that others use, of which the rows are: itself, or a child of a new parent. */
const tableOf = ({ relation, only }: RowChange, { before }: Pick<Step, 'before'>): Relation | undefined =>
  only ? [relation].find(isVisible) : seenOf(relation, before);

const rowsOf = (step: Step): RowChange[] =>
  step.changes.filter(change => change.kind === 'change-rows').filter(change => tableOf(change, step) !== undefined);

/** As many as there are: not a few that are written down, nor a single batch. */
const isMany = (change: RowChange): boolean =>
  !change.batched && (change.repeats === true || change.verb !== 'insert' || change.reads.length > 0);

const earlier = gathered(rowsOf);

interface Backfill {
  readonly change: RowChange;
  readonly lock: CostOf<'lock'>;
}

/** Several batches in one transaction are one change. */
function backfills(step: Step): Backfill[] {
  return rowsOf(step).flatMap(change => {
    const isAnother = (other: RowChange): boolean =>
      other !== change && other.batched && other.verb === change.verb && same(other.relation, change.relation);
    const isBatch = change.batched && (change.verb === 'update' || change.verb === 'delete');
    const many = isMany(change) || (isBatch && (earlier(step).some(isAnother) || rowsOf(step).some(isAnother)));
    const lock = many ? heldAt(step, change) : undefined;
    return lock ? [{ change, lock }] : [];
  });
}

const heldBackfills = gathered(backfills);

export default defineRule({
  id: 'backfill-with-schema-change',
  summary: 'Rows are modified in the same transaction as a schema change.',
  category: 'locks',
  severity: 'warning',
  why: 'The lock taken by the schema change is held until commit, so the queries that it blocks wait for the whole backfill. Modify rows in a separate migration, in batches that commit individually. A loop in one transaction is no batch. Reported once per transaction; an error where every row is modified under a lock that blocks reads.',
  aliases: ['ddl-and-dml-mixed', 'backfill-in-ddl-transaction'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, first text);',
      bad: 'alter table users add column name text; update users set name = first where name is null;',
      good: [
        'alter table users add column name text;',
        'update users set name = first where id in (select id from users where name is null limit 1000);',
      ],
    },
  ],
  *check(step) {
    const all = backfills(step);
    const [first] = all;
    if (!first || heldBackfills(step).length > 0) return;
    const isEvery = ({ change, lock }: Backfill): boolean =>
      blocksReads(lock.mode) &&
      change.condition === undefined &&
      (wholeRows(change, 'update', step) ?? wholeRows(change, 'delete', step)) !== undefined;
    const whole = all.find(isEvery);
    const { change, lock } = whole ?? first;
    const verb = change.verb.toUpperCase();
    const name = quoteRelation(tableOf(change, step) ?? change.relation);
    const inLoop = change.repeats ? ', in a loop,' : '';
    yield {
      message: `${verb} on ${whole ? `every row of ${name}` : name}${inLoop} runs while the transaction holds ${lock.mode} on ${quoteRelation(lock.relation)} from an earlier statement, blocking ${blocked(lock.mode)} until it finishes.`,
      remedy: {
        text: `Commit the schema change first, then modify the rows in ${later(step)}, in batches that commit individually.`,
        steps: [],
      },
      evidence: [change, ...costsOf(step, change), lock],
      ...(whole ? { severity: 'error' as const } : {}),
    };
  },
});
