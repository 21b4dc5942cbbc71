import type { Change } from '../../model/change.ts';
import { keyOf, type Catalog, type Column } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { descendants, editKey, markIncomplete } from '../edit.ts';
import { pendingAfter } from '../pending-events.ts';

/** A table that the transaction has emptied holds rows again; those that are written down are few. */
function filled(catalog: Catalog, change: Change): Catalog {
  if (change.kind === 'fire-triggers') return change.changes.reduce(filled, catalog);
  if (change.kind !== 'change-rows' || change.verb === 'delete') return catalog;
  const key = keyOf(change.relation);
  if (change.verb === 'update') {
    const isGiven = ({ name, age, filled: already }: Column): boolean =>
      age === 'this-transaction' && !already && change.columns.includes(name);
    if (change.repeats || !catalog.relations.get(key)?.columns.some(isGiven)) return catalog;
    return editKey(catalog, key, table => ({
      ...table,
      columns: table.columns.map(column => (isGiven(column) ? { ...column, filled: true } : column)),
    }));
  }
  if (change.batched) return catalog;
  return [key, ...descendants(catalog, key).map(keyOf)].reduce(
    (next, member) =>
      next.relations.get(member)?.emptied ? editKey(next, member, ({ emptied: _, ...table }) => table) : next,
    catalog,
  );
}

export const rows = {
  'change-rows': (catalog, change) => pendingAfter(filled(catalog, change), change),
  'fire-triggers': filled,
  'write-catalog': catalog => markIncomplete(catalog, 'a system catalog is modified'),
  'read-rows': unchanged,
} satisfies Partial<Apply>;
