import { all, as, constant, type Tree } from '../../sql/nodes.ts';

const OFF: ReadonlySet<string> = new Set(['false', 'off', '0']);

/** Options of a utility statement that are on: `FULL`, `FULL true`, not `FULL off` (defGetBoolean, define.c). */
export const optionsOn = (options: readonly Tree[] | undefined): ReadonlySet<string> =>
  new Set(
    all(options, 'DefElem').flatMap(({ defname, arg }) =>
      OFF.has((constant(arg) ?? '').toLowerCase()) ? [] : (defname ?? ''),
    ),
  );

/** Storage parameters by lower-case name; null where they are reset. Those of the TOAST table are not the table's own. */
export function optionsOf(list: Tree | undefined, set: boolean): Record<string, string | null> {
  const entries = all(as(list, 'List')?.items, 'DefElem')
    .filter(({ defnamespace }) => defnamespace !== 'toast')
    .map(option => [(option.defname ?? '').toLowerCase(), set ? (constant(option.arg) ?? 'true') : null] as const);
  return Object.fromEntries(entries);
}
