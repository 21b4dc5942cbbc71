import type { Change } from '../model/effect.ts';
import { keyOf, type Catalog, type Key } from '../model/schema.ts';
import { descendants } from './edit.ts';
import { hasRelation } from './named.ts';

/** Set by CREATE CAST, of any types. */
export const CASTS = 'pg_cast';

/** A function that a migration calls, which was there although none creates it. */
export const unseenFunction = (name: string): Key => `function ${name}`;

const EVERYTHING = '*';

/** Nothing of the catalog is certain: it may not be the schema that the statements run on. */
export const markAllUncertain = (catalog: Catalog): Catalog => ({
  ...catalog,
  uncertain: catalog.uncertain.with(EVERYTHING, true),
});

/** May nothing have changed it unseen? */
export const isCertain = (key: Key, { partial, uncertain }: Catalog): boolean =>
  partial.length === 0 && !uncertain.has(key) && !uncertain.has(EVERYTHING);

/** What a change makes, alters or removes, under its names before and after. */
function touched(change: Change, catalog: Catalog): Key[] {
  const keys = 'key' in change ? [change.key] : [];
  if ('relation' in change) {
    const { relation } = change;
    keys.push(keyOf(relation), ...descendants(catalog, keyOf(relation)).map(keyOf));
    if (change.kind === 'rename-relation') keys.push(keyOf({ ...relation, name: change.to }));
    if (change.kind === 'rename-index') keys.push(keyOf({ ...relation, name: change.to }));
    if (change.kind === 'move-relation') keys.push(keyOf({ ...relation, schema: change.schema_to }));
    if ('partition' in change) keys.push(keyOf(change.partition));
    if ('parent' in change) keys.push(keyOf(change.parent));
  }
  if (change.kind === 'create-type') keys.push(keyOf(change.type));
  if (change.kind === 'create-routine') keys.push(keyOf(change.routine));
  if ('schema' in change && change.schema !== null) keys.push(...within(change.schema, catalog));
  if (change.kind === 'rename-schema') keys.push(change.to);
  return keys;
}

const within = (schema: string, { relations }: Catalog): Key[] => [
  schema,
  ...relations.values().flatMap(table => (table.schema === schema ? keyOf(table) : [])),
];

/** The change is not what the server did: neither what is in the catalog of it nor what is not is certain. */
export function markUncertain(catalog: Catalog, change: Change, before: Catalog = catalog): Catalog {
  let { uncertain } = catalog;
  for (const key of touched(change, before)) if (!uncertain.has(key)) uncertain = uncertain.with(key, true);
  return uncertain === catalog.uncertain ? catalog : { ...catalog, uncertain };
}

/** Does it make a relation that others of the name stand behind? */
export const hides = (change: Change, catalog: Catalog): boolean => {
  const name = madeBy(change);
  return name !== null && (catalog.partial.length > 0 || hasRelation(name, catalog));
};

const madeBy = (change: Change): string | null =>
  change.kind === 'create-table' || change.kind === 'create-view' || change.kind === 'move-relation'
    ? change.relation.name
    : change.kind === 'rename-relation'
      ? change.to
      : null;

/** A change that may not have been made leaves what it touches uncertain; one that was made carries that to another name, or ends it. */
export function uncertainKeys(before: Catalog, after: Catalog, change: Change): Catalog {
  if (change.kind === 'inert')
    return change.statement === 'CREATE CAST' ? { ...after, uncertain: after.uncertain.with(CASTS, true) } : after;
  if (change.condition !== undefined || change.together || (change.caught && hides(change, before)))
    return markUncertain(after, change, before);
  if (before.uncertain.size === 0 || !('relation' in change)) return after;
  const key = keyOf(change.relation);
  if (!before.uncertain.has(key)) return after;
  if (change.kind === 'create-table') return { ...after, uncertain: after.uncertain.without(key) };
  return change.kind === 'rename-relation' || change.kind === 'move-relation'
    ? markUncertain(after, change, before)
    : after;
}
