import { isVisible, type ChangeOf } from '../model/effect.ts';
import { blocked } from '../model/lock.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { gathered } from './shared/earlier.ts';
import { heldLock } from './shared/held-lock.ts';
import { nameOf } from './shared/quote.ts';

/** Rows of a table that others use, as many as there are. */
const backfills = (step: Step): ChangeOf<'change-rows'>[] =>
  step.changes
    .filter(change => change.kind === 'change-rows')
    .filter(
      change =>
        !change.batched && isVisible(change.relation) && !(change.verb === 'insert' && change.reads.length === 0),
    );

const said = gathered((step: Step) => (heldLock(step) ? backfills(step) : []));

export default defineRule({
  id: 'backfill-with-schema-change',
  summary: 'Rows are changed in the transaction that changed the schema.',
  category: 'locks',
  severity: 'warning',
  why: `
The lock of the schema change is held until the last row is written: reads and writes wait for the whole backfill. Rows
belong into a migration of their own, in batches that commit one by one. One finding per transaction.`,
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
    if (!held || !change || said(step).length > 0) return;
    yield {
      message: `The ${change.verb} on ${nameOf(change.relation)} runs while the transaction holds ${held.mode} on ${nameOf(held.relation)} from an earlier statement: ${blocked(held.mode)} wait until it is done.`,
      remedy: {
        text: 'Commit the schema change first; change the rows in a migration of its own, in batches.',
        steps: [],
      },
      evidence: [change, ...costsOf(step, change), held],
    };
  },
});
