import type { OptionName, Override } from './options.ts';

/** Options that hold paths of the repository, or globs of them. */
const PATHS: readonly OptionName[] = ['paths', 'ignore', 'seed', 'integrity-checks', 'schema-dump'];

/** Options with their paths as `place` puts them. */
export function placed(
  values: Readonly<Record<string, unknown>>,
  place: (path: string) => string,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...values };
  for (const name of PATHS) {
    const value = result[name];
    if (typeof value === 'string') result[name] = place(value);
    // A check may be the query itself.
    else if (Array.isArray(value))
      result[name] = value.map((item: unknown) =>
        typeof item === 'string' && !(name === 'integrity-checks' && /^must\s/.test(item)) ? place(item) : item,
      );
  }
  const { overrides } = values as { readonly overrides?: readonly Override[] };
  if (overrides) result.overrides = overrides.map(one => ({ ...one, paths: one.paths.map(place) }));
  return result;
}
