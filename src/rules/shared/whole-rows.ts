import { isVisible, type ChangeOf, type Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';

/** What others see of a relation: itself, or else the partitions and children that it was given. */
export function seenOf(relation: Relation, catalog: Catalog): Relation | undefined {
  const seen = new Set<Key>();
  const pending: Relation[] = [relation];
  for (let member = pending.pop(); member; member = pending.pop()) {
    const key = keyOf(member);
    if (isVisible(member)) return member;
    if (seen.has(key)) continue;
    seen.add(key);
    pending.push(...(catalog.children.get(key) ?? []).flatMap(child => catalog.relations.get(child) ?? []));
  }
  return undefined;
}

/** The relation of which a change of rows takes every row, when others see it. */
export function wholeRows(
  change: ChangeOf<'change-rows'>,
  verb: 'update' | 'delete',
  catalog: Catalog,
): Relation | undefined {
  const all = (change.verb === verb && !change.bounded) || change.every?.includes(verb);
  return all ? (change.only ? [change.relation].find(isVisible) : seenOf(change.relation, catalog)) : undefined;
}
