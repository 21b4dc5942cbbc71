import { diffCatalogs } from '../../diff/diff-catalogs.ts';
import { display } from '../../diff/wording.ts';
import { PersistentMap } from '../../model/persistent-map.ts';
import type { Catalog } from '../../model/schema.ts';

/**
 * The schema of the server, with what only the text of the migrations says (what a check compares, which functions a view calls)
 * for each object that is the same on both sides. `live` decides what exists.
 */
export function withTexts(live: Catalog, replayed: Catalog): Catalog {
  const other = new Set(diffCatalogs(replayed, live, 'gist').map(({ name }) => name));
  const same = <T extends { readonly schema: string; readonly name: string }>(
    mine: PersistentMap<T>,
    texts: PersistentMap<T>,
  ): PersistentMap<T> =>
    PersistentMap.of(
      [...mine.entries()].map(([key, value]) => {
        const written = texts.get(key);
        return [key, written !== undefined && !other.has(display(value)) ? written : value];
      }),
    );
  const changed = new Set([...other].map(name => name.replace(/\(.*$/, '')));
  return {
    ...live,
    relations: same(live.relations, replayed.relations),
    types: same(live.types, replayed.types),
    routines: PersistentMap.of(
      [...live.routines.entries()].map(([key, overloads]) => {
        const [first] = overloads;
        const written = replayed.routines.get(key);
        const isSame = written?.length === overloads.length && first !== undefined && !changed.has(display(first));
        return [key, isSame ? written : overloads];
      }),
    ),
    eventTriggers: replayed.eventTriggers,
    support: replayed.support,
    ...(replayed.publishesAll === undefined ? {} : { publishesAll: replayed.publishesAll }),
  };
}
