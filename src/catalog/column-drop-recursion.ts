import type { Catalog, Key } from '../model/schema.ts';
import { parentsOf } from './edit.ts';

/** The tables that lose a column of one: its children too, unless they have it by themselves or from another parent (ATExecDropColumn). */
export function columnDropRecursion(catalog: Catalog, key: Key, column: string, from: Key | null = null): Key[] {
  const table = catalog.relations.get(key);
  const own = table?.columns.find(({ name }) => name === column);
  const parents = table ? parentsOf(table) : [];
  const isKept =
    from !== null &&
    (!own?.inheritedOnly ||
      parents.some(
        other => other !== from && catalog.relations.get(other)?.columns.some(({ name }) => name === column),
      ));
  if (!own || isKept) return [];
  return [key, ...(catalog.children.get(key) ?? []).flatMap(child => columnDropRecursion(catalog, child, column, key))];
}
