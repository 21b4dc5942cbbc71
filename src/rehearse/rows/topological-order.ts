import type { FilledTable } from './read-tables.ts';

/** Tables after those that their foreign keys must point to; of a cycle, first the one that may leave it open. */
export function topologicalOrder(tables: readonly FilledTable[]): FilledTable[] {
  const ordered: FilledTable[] = [];
  const waiting = new Set(tables);
  const waitsFor = (table: FilledTable, mustOnly: boolean): boolean =>
    table.foreignKeys.some(key => {
      const columns = table.columns.filter(({ name }) => key.columns.includes(name));
      if (mustOnly && columns.some(({ nullable }) => nullable)) return false;
      if (table.ancestors.includes(key.target)) return false;
      return [...waiting].some(other => other !== table && other.ancestors.includes(key.target));
    });
  while (waiting.size > 0) {
    const all = [...waiting];
    const next = all.find(one => !waitsFor(one, false)) ?? all.find(one => !waitsFor(one, true)) ?? all[0];
    if (next === undefined) break;
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}
