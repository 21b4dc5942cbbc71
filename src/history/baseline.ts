import { diffCatalogs } from '../diff/diff-catalogs.ts';
import { analyzeHistory, replay } from '../analysis/analyze-history.ts';
import type { Cost } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';
import type { History, Migration } from '../model/source.ts';
import type { Compared } from './compared.ts';
import type { Unit } from './units.ts';

/** New migrations that stand for merged ones, and how many these are. */
export interface Baseline {
  readonly units: ReadonlySet<Unit>;
  readonly replaced: number;
}

/**
 * The new migrations that stand for deleted ones: the first of the head after which an empty database has the very
 * schema that the base's leave. Null where there are none, or where what is not read on either side leaves it unverified.
 */
export async function baselineOf({ head, base, matches, removed }: Compared, pg: number): Promise<Baseline | null> {
  const ups = matches.filter(({ is }) => is.direction === 'up');
  const replaced = removed.filter(({ direction }) => direction === 'up').length;
  const fresh = ups.filter(({ status }) => status === 'new' || status === 'renamed' || status === 'edited');
  if (base === null || replaced === 0 || fresh.length === 0) return null;
  const baseCatalog = await replay(base.migrations.filter(isUp), pg);
  if (!isSure(baseCatalog, base.migrations)) return null;
  const last = ups.findLastIndex(({ status }) => status === 'same' || status === 'moved');
  const done: Migration[] = [];
  for (const [at, { is }] of ups.entries()) {
    done.push(...is.parts);
    if (at < last || (at + 1 < ups.length && at < ups.length - LONGEST)) continue;
    const reached = await replay(done, pg);
    if (!isSure(reached, done)) return null;
    if (isLeftBy(baseCatalog, reached)) {
      const parts = ups.slice(0, at + 1).flatMap(one => (fresh.includes(one) ? one.is.parts : []));
      if (!(await isHarmless(parts, { head, base: baseCatalog, pg }))) return null;
      const units = ups.slice(0, at + 1).filter(one => fresh.includes(one));
      return { units: new Set(units.map(one => one.is)), replaced: replaced + units.filter(({ was }) => was).length };
    }
  }
  return null;
}

/** Each end of a baseline that is tried is a replay. */
const LONGEST = 20;

/** Run by mistake where the old ones ran, it fails or adds; it takes nothing away, and none of it is unread. */
async function isHarmless(
  parts: readonly Migration[],
  { head, base, pg }: { head: History; base: Catalog; pg: number },
): Promise<boolean> {
  const migrations = parts.map(part => ({ ...part, changed: true }));
  const analyzed = await analyzeHistory({ ...head, migrations }, { pg, mode: 'pull-request', base });
  return analyzed.every(
    ({ steps, blindSpots }) => blindSpots.length === 0 && steps.every(({ costs }) => !costs.some(isHarm)),
  );
}

const isHarm = (cost: Cost): boolean =>
  cost.kind === 'lose-data' ||
  // USING may put anything in the place of what is there.
  cost.kind === 'rewrite' ||
  (cost.kind === 'touch-rows' && cost.verb !== 'insert' && cost.verb !== 'copy');

const isUp = ({ direction }: Migration): boolean => direction === 'up';

const isLeftBy = (baseCatalog: Catalog, reached: Catalog): boolean =>
  diffCatalogs(baseCatalog, reached).length === 0 && diffCatalogs(reached, baseCatalog).length === 0;

const isSure = (catalog: Catalog, migrations: readonly Migration[]): boolean =>
  catalog.partial.length === 0 && migrations.every(({ unread }) => unread.length === 0);

/** What a reader reads of it. */
export const baselineNote = ({ units, replaced }: Baseline, { root }: History): string => {
  const names = [...units].map(({ id }) => id).join(', ');
  return `${names} replaces ${replaced} merged ${replaced === 1 ? 'migration' : 'migrations'} of ${root}: replaying both produces the same schema. Mark it as applied in databases that have run them.`;
};
