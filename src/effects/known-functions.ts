import { OF_EXTENSIONS, SINCE } from './data/function-data.ts';
import { OTHER_EXTENSIONS, PLATFORM_SCHEMAS } from './data/extension-functions.ts';
import { words } from './data/words.ts';
import { isBuiltin } from './volatility.ts';

/** Where a function is that the migrations do not define. */
export type Origin =
  /** In pg_catalog, since a major where that is not the oldest one supported. */
  | { readonly in: 'server'; readonly since: number | null }
  /** `contrib`: one that comes with Postgres, and that CREATE EXTENSION alone brings. */
  | { readonly in: 'extension'; readonly extension: string; readonly contrib: boolean }
  /** Of a service that keeps the schema itself. */
  | { readonly in: 'platform' };

const byFirstWord = (text: string): ReadonlyMap<string, string> => {
  const firstWords = new Map<string, string>();
  for (const line of text.trim().split('\n')) {
    const [first = '', ...names] = words(line);
    for (const name of names) if (!firstWords.has(name)) firstWords.set(name, first);
  }
  return firstWords;
};
let since: ReadonlyMap<string, string> | null = null;
let contrib: ReadonlyMap<string, string> | null = null;
let others: ReadonlyMap<string, string> | null = null;

/** What only the server itself calls, or what shows its state: not in the lists. */
const INNER = /^(_?pg_|binary_upgrade_|ri_fkey_)/i;
const POSTGIS = /^(_?st_|postgis_|geometry_?|geography_?|box[23]d)/;

/** Null for a function of nobody known; `schema` is as written. */
export function originOf(schema: string | null, name: string): Origin | null {
  since ??= byFirstWord(SINCE);
  const major = since.get(name);
  if (schema === null || schema === 'pg_catalog') {
    if (major !== undefined) return { in: 'server', since: Number(major) };
    if (isBuiltin(name)) return { in: 'server', since: null };
  }
  if (schema === 'information_schema' || PLATFORM_SCHEMAS.has(schema ?? '')) return { in: 'platform' };
  contrib ??= byFirstWord(OF_EXTENSIONS);
  others ??= byFirstWord(OTHER_EXTENSIONS);
  const bundled = contrib.get(name);
  if (bundled !== undefined) return { in: 'extension', extension: bundled, contrib: true };
  const other = others.get(name) ?? (POSTGIS.test(name) ? 'postgis' : undefined);
  if (other !== undefined) return { in: 'extension', extension: other, contrib: false };
  return (schema === null || schema === 'pg_catalog') && INNER.test(name) ? { in: 'server', since: null } : null;
}
