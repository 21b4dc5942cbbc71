import { isVisible, type ChangeOf } from '../model/effect.ts';
import { blocked } from '../model/lock.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { gathered } from './shared/earlier.ts';
import { heldLock } from './shared/held-lock.ts';
import { quoteRelation } from './shared/quote.ts';

/** Rows of a table that others use, as many as there are. */
const backfills = (step: Step): ChangeOf<'change-rows'>[] =>
  step.changes
    .filter(change => change.kind === 'change-rows')
    .filter(
      change =>
        !change.batched && isVisible(change.relation) && !(change.verb === 'insert' && change.reads.length === 0),
    );

const heldBackfills = gathered((step: Step) => (heldLock(step) ? backfills(step) : []));

export default defineRule({
  id: 'backfill-with-schema-change',
  summary: 'Rows are modified in the same transaction as a schema change.',
  category: 'locks',
  severity: 'warning',
  why: 'The lock taken by the schema change is held until commit, so the queries that it blocks wait for the whole backfill. Modify rows in a separate migration, in batches that commit individually. Reported once per transaction.',
  aliases: ['ddl-and-dml-mixed', 'backfill-in-ddl-transaction'],
  examples: [
    {
      given: 'create table users (id bigint primary key, first text);',
      bad: 'alter table users add column name text; update users set name = first where name is null;',
      good: [
        'alter table users add column name text;',
        'update users set name = first where id in (select id from users where name is null limit 1000);',
      ],
    },
  ],
  *check(step) {
    const held = heldLock(step);
    const [change] = held ? backfills(step) : [];
    if (!held || !change || heldBackfills(step).length > 0) return;
    yield {
      message: `${change.verb.toUpperCase()} on ${quoteRelation(change.relation)} runs while the transaction holds ${held.mode} on ${quoteRelation(held.relation)} from an earlier statement, blocking ${blocked(held.mode)} until it finishes.`,
      remedy: {
        text: 'Commit the schema change first, then modify the rows in a separate migration, in batches.',
        steps: [],
      },
      evidence: [change, ...costsOf(step, change), held],
    };
  },
});
