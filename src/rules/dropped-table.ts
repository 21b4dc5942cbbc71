import { same, type ChangeOf, type Relation } from '../model/effect.ts';
import { keyOf, type RelationKind } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { listed, quoteRelation, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { seenOf } from './shared/whole-rows.ts';

/** Partitions go with their parent, children with CASCADE. */
const isDropped = (relation: Relation, change: ChangeOf<'drop-relation'>, step: Step): boolean =>
  same(relation, change.relation) ||
  step.costs.some(
    ({ kind, cause, relation: losing }) => kind === 'lose-data' && cause === change && same(losing, relation),
  );

export default defineRule({
  id: 'dropped-table',
  summary: 'A table is dropped: its rows are lost and queries that use it fail.',
  category: 'data-loss',
  severity: 'error',
  why: `
The rows can be restored only from a backup, and the running version of the application fails on every query that uses
the table. The drop also takes \`ACCESS EXCLUSIVE\` on the tables that its foreign keys reference.`,
  aliases: ['ban-drop-table', 'drop-table', 'banDropTable'],
  examples: [{ setup: 'create table users (id bigint primary key);', bad: 'drop table users;', good: null }],
  *check(step) {
    const drops = step.changes.flatMap(change => {
      if (change.kind !== 'drop-relation') return [];
      const relation = seenOf(change.relation, step.before);
      return relation && ROWS.has(relation.kind) && isDropped(relation, change, step) ? [{ change, relation }] : [];
    });
    const [first, ...others] = drops;
    if (!first) return;
    const names = drops.map(({ relation }) => quoteRelation(relation));
    const isSingle = others.length === 0;
    const unsure = drops.every(
      ({ change }) => change.condition !== undefined && !step.before.relations.has(keyOf(change.relation)),
    );
    yield {
      ...(unsure ? { severity: 'warning' as const } : {}),
      message: isSingle
        ? `Dropping ${quoteRelation(first.relation)}${unsure ? ', which no migration creates, may delete' : ' deletes'} all its rows; queries that still reference it fail immediately.`
        : `Dropping ${listed(names)} deletes all their rows; queries that still reference them fail immediately.`,
      remedy: {
        text: `First deploy code that no longer uses the ${isSingle ? 'table' : 'tables'}. Rename the ${isSingle ? 'table and keep it' : 'tables and keep them'} for a while, so that a mistake can be undone. Then drop ${isSingle ? 'it' : 'them'}, and suppress this finding with that reason.`,
        steps: [
          migration(
            `One deploy after the last code that uses ${isSingle ? 'it' : 'them'}`,
            ...drops.map(({ relation }) => alter(relation, `RENAME TO ${quote(`${relation.name}_dropped`)}`)),
          ),
          migration(
            `Once nothing needs ${isSingle ? 'it' : 'them'}`,
            `DROP TABLE ${drops.map(({ relation: { schema, name } }) => quoteRelation({ schema, name: `${name}_dropped` })).join(', ')}`,
          ),
        ],
      },
      evidence: drops.flatMap(({ change }) => [change, ...costsOf(step, change)]),
    };
  },
});

const ROWS: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table', 'foreign-table']);
