import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'cascade-drop',
  summary: 'DROP … CASCADE drops whatever depends on the object, named nowhere in the migration.',
  category: 'data-loss',
  severity: 'warning',
  why: `
With \`CASCADE\` views, foreign keys, columns of a type and more go too, as far as they depend on what is dropped, and on
another database these may be others than on yours.`,
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
    const [first] = cascades;
    if (!first) return;
    const relation = 'relation' in first ? ` of ${nameOf(first.relation)}` : '';
    yield {
      message: `CASCADE also drops everything that depends on the object${relation}, and the migration does not say what that is.`,
      remedy: {
        text: 'Name what depends on it in drops of its own, and leave CASCADE out: Postgres then refuses when something was overlooked.',
        steps: [],
      },
      evidence: cascades,
    };
  },
});
