import type { Change } from '../../model/effect.ts';
import type { Catalog } from '../../model/schema.ts';
import { checkedDeferred } from '../pending-events.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { endTransaction } from '../commit.ts';
import { markIncomplete } from '../edit.ts';
import { remove } from './tables.ts';

const PART = /\s*(?:"((?:[^"]|"")*)"|([^,"]*))\s*(?:,|$)/gy;

/** `"$user", public` (SplitIdentifierString): case counts in quotes alone; the user's own schema is taken for absent. */
export function schemasIn(value: string): string[] {
  const schemas: string[] = [];
  for (const [, quoted, plain = ''] of value.matchAll(PART)) {
    const name = quoted === undefined ? plain.trim().toLowerCase() : quoted.replaceAll('""', '"');
    if (name !== '' && name !== '$user') schemas.push(name.startsWith('pg_temp') ? 'pg_temp' : name);
  }
  return schemas;
}

/** What may not have been run, or be undone, leaves the path before it possible. */
function searchPath(catalog: Catalog, path: readonly string[], change: Change & { local?: boolean }): Catalog {
  const isCertain = change.condition === undefined && !change.caught;
  const others = change.local || !isCertain ? catalog.otherPaths : [];
  return {
    ...catalog,
    searchPath: path,
    sessionPath: change.local ? catalog.sessionPath : path,
    otherPaths: isCertain ? others : [...others, catalog.searchPath],
  };
}

const DEFAULT = ['public'];
const USERS: ReadonlySet<string> = new Set(['role', 'session_authorization']);

/** Another user's own schema may come first. */
const asUser = (catalog: Catalog, user: string): Catalog =>
  catalog.relations.values().some(({ schema }) => schema === user)
    ? { ...catalog, otherPaths: [...catalog.otherPaths, [user, ...catalog.searchPath]] }
    : catalog;

function discardTemporary(catalog: Catalog): Catalog {
  let next = catalog;
  for (const key of catalog.relations.values().flatMap(({ schema, name }) => (schema === 'pg_temp' ? name : [])))
    next = remove(next, `pg_temp.${key}`, true);
  return next;
}

/** COMMIT or ROLLBACK inside a body: what the transaction made is taken for undone by the second. */
function endWithin(catalog: Catalog, verb: string): Catalog {
  const ended = endTransaction(catalog);
  if (verb !== 'rollback') return ended;
  return { ...discardTemporary(ended), otherPaths: [...ended.otherPaths, DEFAULT] };
}

export const session = {
  set: (catalog, change) => {
    if (change.value === null) return catalog;
    if (change.setting === 'search_path') return searchPath(catalog, schemasIn(change.value), change);
    return USERS.has(change.setting) ? asUser(catalog, change.value) : catalog;
  },
  reset: (catalog, change) =>
    change.setting === null || change.setting === 'search_path' ? searchPath(catalog, DEFAULT, change) : catalog,
  transaction: (catalog, { verb, within }) => (within ? endWithin(catalog, verb) : catalog),
  discard: (catalog, change) => {
    const next = discardTemporary(catalog);
    return change.what === 'temporary'
      ? next
      : { ...searchPath(next, DEFAULT, change), prepared: next.prepared.size === 0 ? next.prepared : emptied(next) };
  },
  prepare: (catalog, { name, query, condition, caught }) => {
    if (query === undefined) return catalog;
    const earlier = condition !== undefined || caught ? (catalog.prepared.get(name) ?? []) : [];
    return { ...catalog, prepared: catalog.prepared.with(name, [...earlier, query]) };
  },
  deallocate: (catalog, { name, condition, caught }) =>
    condition !== undefined || caught
      ? catalog
      : { ...catalog, prepared: name === null ? emptied(catalog) : catalog.prepared.without(name) },
  'check-deferred': (catalog, { names }) => checkedDeferred(catalog, names),
  inert: unchanged,
  opaque: (catalog, { because, beside }) => (beside ? catalog : markIncomplete(catalog, because)),
} satisfies Partial<Apply>;

const emptied = ({ prepared }: Catalog): Catalog['prepared'] =>
  prepared.entries().reduce((remaining, [name]) => remaining.without(name), prepared);
