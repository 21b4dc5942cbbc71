import type { Catalog } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { markPartial } from '../edit.ts';

/** `"$user", public` and `''`: quotes go, and the user's own schema is taken for absent. */
export const schemas = (value: string): string[] =>
  value
    .split(',')
    .map(part => part.trim().replace(/^["']|["']$/g, ''))
    .filter(part => part !== '' && part !== '$user');

const searchPath = (catalog: Catalog, value: string | null): Catalog => ({
  ...catalog,
  searchPath: value === null ? ['public'] : schemas(value),
});

export const session: Pick<Apply, 'set' | 'reset' | 'transaction' | 'inert' | 'opaque'> = {
  set: (catalog, { setting, value }) => (setting === 'search_path' ? searchPath(catalog, value) : catalog),
  reset: (catalog, { setting }) =>
    setting === null || setting === 'search_path' ? searchPath(catalog, null) : catalog,
  transaction: unchanged,
  inert: unchanged,
  opaque: (catalog, { because, beside }) => (beside ? catalog : markPartial(catalog, because)),
};
