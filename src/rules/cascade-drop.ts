import { isVisible, type Change, type ChangeOf } from '../model/effect.ts';
import { keyOf, type RelationKind } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { columnOf, keyName, listed, quoteRelation, quote } from './shared/quote.ts';

/** What is dropped, as SQL names it. */
function subject(change: Change): string {
  switch (change.kind) {
    case 'drop-column':
      return columnOf(change.relation, change.column);
    case 'drop-constraint':
      return `the constraint ${quote(change.constraint)} of ${quoteRelation(change.relation)}`;
    case 'drop-index':
      return `the index ${quote(change.index)}`;
    case 'drop-trigger':
      return `the trigger ${quote(change.trigger)} of ${quoteRelation(change.relation)}`;
    case 'drop-type':
    case 'drop-routine':
      return keyName(change.key);
    case 'drop-extension':
      return `the extension ${quote(change.extension)}`;
    default:
      return 'relation' in change ? quoteRelation(change.relation) : 'the object';
  }
}

/** A table whose drop is reported by itself, and with which nothing goes: no view, and no foreign key of another table. */
function takesNothingAlong({ before, after }: Step, { relation, beside = [] }: ChangeOf<'drop-relation'>): boolean {
  const key = keyOf(relation);
  const table = before.relations.get(key);
  if (!table?.complete || before.partial.length > 0 || !ROWS.has(table.kind)) return false;
  return [...after.relations.writtenSince(before.relations)].every(changed => {
    const known = before.relations.get(changed);
    return (
      changed === key || beside.includes(changed) || known?.ownedBy?.table === key || known?.partitionOf?.parent === key
    );
  });
}

const ROWS: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table']);

export default defineRule({
  id: 'cascade-drop',
  summary: 'DROP … CASCADE drops dependent objects that the migration does not name.',
  category: 'data-loss',
  severity: 'warning',
  why: `
\`CASCADE\` also drops dependent views, foreign keys, columns of a dropped type and more. Another database may have
other dependent objects than yours.`,
  aliases: ['ban-drop-cascade', 'drop-cascade'],
  examples: [
    {
      given: 'create table orders (id bigint primary key); create view recent as select id from orders;',
      bad: 'drop view recent cascade;',
      good: ['drop view recent;'],
    },
  ],
  *check(step) {
    const cascades = step.changes.filter(change => {
      if ('relation' in change && !isVisible(change.relation)) return false;
      if (change.kind === 'drop-relation' && takesNothingAlong(step, change)) return false;
      switch (change.kind) {
        case 'drop-relation':
        case 'drop-column':
        case 'drop-constraint':
        case 'drop-index':
        case 'drop-type':
        case 'drop-routine':
        case 'drop-trigger':
        case 'drop-extension':
          return change.cascade;
        default:
          return false;
      }
    });
    if (cascades.length === 0) return;
    yield {
      message: `CASCADE also drops every object that depends on ${listed(cascades.map(subject))}; the migration does not name them.`,
      remedy: {
        text: 'Drop each dependent object explicitly and omit CASCADE, so that Postgres rejects the statement if one was missed.',
        steps: [],
      },
      evidence: cascades,
    };
  },
});
