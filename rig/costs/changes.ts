import { ENTRIES } from './areas.ts';
import type { Entry } from './entry.ts';
import type { Facts } from './facts.ts';
import type { Costs } from './record.ts';
import { cells } from './row.ts';

/** What each major can do that the one before could not, and what it does otherwise: newest first. */
export function changes(costs: Costs): string {
  const majors = [...(costs.get(ENTRIES[0]?.id ?? '')?.keys() ?? [])].sort((a, b) => b - a);
  const lines = majors.slice(0, -1).map(major => {
    const pairs = ENTRIES.flatMap(entry => {
      const [now, before] = [costs.get(entry.id)?.get(major), costs.get(entry.id)?.get(major - 1)];
      return now && before && !now.error ? [{ entry, now, before }] : [];
    });
    const added = pairs.filter(({ before }) => before.error);
    const changed = pairs.filter(({ now, before }) => !before.error && differ(now, before));
    return `| ${major} | ${links(added)} | ${links(changed)} |`;
  });
  return ['| Postgres | New | Changed |', '| --- | --- | --- |', ...lines].join('\n');
}

const differ = (now: Facts, before: Facts): boolean => cells(now) !== cells(before) || now.alone !== before.alone;

const links = (found: readonly { readonly entry: Entry }[]): string =>
  found
    .map(({ entry: { id, sql, where } }) => {
      const link = `[\`${sql.replaceAll('|', '\\|')}\`](#${id})`;
      return where === undefined ? link : `${link} where ${where}`;
    })
    .join('<br>');
