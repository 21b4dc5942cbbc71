import { isVisible, type Change, type ChangeOf, type Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';

/** What others see of a relation: itself, or else the partitions and children that it was given. */
export function seenOf(relation: Relation, catalog: Catalog): Relation | undefined {
  const visited = new Set<Key>();
  const pending: Relation[] = [relation];
  for (let member = pending.pop(); member; member = pending.pop()) {
    const key = keyOf(member);
    if (isVisible(member)) return member;
    if (visited.has(key)) continue;
    visited.add(key);
    pending.push(...(catalog.children.get(key) ?? []).flatMap(child => catalog.relations.get(child) ?? []));
  }
  return undefined;
}

/** The relation of which a change of rows takes every row, when others see it. */
export function wholeRows(
  change: ChangeOf<'change-rows'>,
  verb: 'update' | 'delete',
  { before, changes }: Pick<Step, 'before' | 'changes'>,
): Relation | undefined {
  const all = (change.verb === verb && !change.bounded) || change.every?.includes(verb);
  // The rows of a view are those of its table, of which another change says the same.
  const isTheirs = ({ kind }: Change): boolean => kind === 'change-rows';
  if (!all || (change.relation.kind === 'view' && changes.filter(isTheirs).length > 1)) return undefined;
  return change.only ? [change.relation].find(isVisible) : seenOf(change.relation, before);
}
