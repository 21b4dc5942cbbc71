import { isVisible, type Change } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { lostWith, namedBy, TABLES } from './shared/lost-objects.ts';
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

/** Would the migrations show what depends on it? Of a table and its columns, whose drop is reported by itself, the rest is a guess. */
function isKnown({ before }: Step, change: Change): boolean {
  const whole = before.partial.length === 0;
  switch (change.kind) {
    case 'drop-type':
      return whole && before.types.has(change.key) && !before.uncertain.has(change.key);
    case 'drop-routine':
      return whole && before.routines.has(change.key) && !before.uncertain.has(change.key);
    case 'drop-extension':
      return whole && before.extensions.has(change.extension);
    default: {
      const table = 'relation' in change ? before.relations.get(keyOf(change.relation)) : undefined;
      return table?.complete === true && (whole || TABLES.has(table.kind));
    }
  }
}

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
      setup:
        'create table orders (id bigint primary key); create view recent as select id from orders; create view newest as select max(id) from recent;',
      bad: 'drop view recent cascade;',
      good: ['drop view newest; drop view recent;'],
    },
    {
      setup: "create type mood as enum ('sad', 'happy'); create table users (id bigint primary key, mood mood);",
      bad: 'drop type mood cascade;',
      good: null,
    },
  ],
  *check(step) {
    const cascades = step.changes.filter(change => {
      if ('relation' in change && !isVisible(change.relation)) return false;
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
    const lost = lostWith(step, namedBy(step));
    const open = cascades.filter(change => !isKnown(step, change));
    if (lost.length === 0 && open.length === 0) return;
    const names = lost.map(({ name }) => name);
    const all = `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ` and ${names.length - MOST} more` : ''}`;
    const withData = lost.some(({ data }) => data);
    yield {
      message:
        lost.length === 0
          ? `CASCADE also drops every object that depends on ${listed(open.map(subject))}; the migration does not name them.`
          : `CASCADE also drops ${listed(names)}, which the migration does not name${withData ? ': their data is lost' : ''}.`,
      remedy: {
        text: `Drop each dependent object explicitly and omit CASCADE, so that Postgres rejects the statement if one was missed.${lost.length === 0 ? '' : ` Known dependent objects: ${all}.`}`,
        steps: [],
      },
      evidence: [
        ...cascades,
        ...step.costs.filter(cost => cost.kind === 'lose-data' && cost.cause !== null && cascades.includes(cost.cause)),
      ],
      ...(withData ? { severity: 'error' as const } : {}),
    };
  },
});

/** Of the names in the remedy. */
const MOST = 20;
