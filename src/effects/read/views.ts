import { unknownRelation } from '../../catalog/edit.ts';
import type { Change } from '../../model/effect.ts';
import { keyOf, type Table } from '../../model/schema.ts';
import { strings, type Pg } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { functionCalls } from './function-dependencies.ts';
import { readsOf } from './reads.ts';
import { created } from './tables.ts';
import { viewColumns } from './target-list.ts';

export function createView(s: Pg.ViewStmt, at: Reading): Change[] {
  const sources = readsOf(s.query, at.catalog);
  // A view of what is temporary is so itself (DefineView).
  const temporary = s.view?.schemaname === undefined && sources.some(({ relation }) => relation.startsWith('pg_temp.'));
  const relation = created(temporary ? { ...s.view, relpersistence: 't' } : s.view, 'view', at);
  const existing = at.catalog.relations.get(keyOf(relation));
  const reads = sources.filter(read => read.relation !== keyOf(relation));
  const replaces = s.replace === true && existing !== undefined;
  const yields = viewColumns(s.query, strings(s.aliases), at.catalog);
  const view: Table = {
    ...unknownRelation(relation),
    complete: true,
    reads,
    ...(yields && { yields }),
    ...functionCalls(s.query, at.catalog),
  };
  return [
    {
      kind: 'create-view',
      relation: replaces ? { ...relation, age: existing.age } : relation,
      view: replaces ? { ...view, age: existing.age, triggers: existing.triggers, rules: existing.rules } : view,
      replaces,
    },
  ];
}
