import { isVisible, type Cost, type CostOf } from '../../model/effect.ts';
import { blocked, stronger, type LockMode } from '../../model/lock.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';
import { placeOf } from './words.ts';

/** Work on every row while a lock is held. */
export interface Work {
  readonly kind: 'rewrite' | 'scan' | 'build-index' | 'new-file' | 'touch-rows';
  /** `prisma/migrations/2_x/migration.sql:3`. */
  readonly place: string;
  /** What others cannot do on the table meanwhile. */
  readonly blocks: ReturnType<typeof blocked>;
}

/** A table that existed before, and that pending migrations lock. */
export interface Touched {
  readonly key: Key;
  readonly schema: string;
  readonly name: string;
  /** The strongest lock. */
  readonly mode: LockMode;
  /** Where that is taken. */
  readonly place: string;
  /** That lock is taken under a `lock_timeout`. */
  readonly bounded: boolean;
  /** A statement waits for older transactions, whatever they have locked. */
  readonly waits: boolean;
  readonly works: readonly Work[];
}

const WORKS: ReadonlySet<Cost['kind']> = new Set<Work['kind']>([
  'rewrite',
  'scan',
  'build-index',
  'new-file',
  'touch-rows',
]);

const isWork = (cost: Cost): cost is CostOf<Work['kind']> => WORKS.has(cost.kind);

/** Relations with rows: an index is locked with its table, a sequence for an instant. */
const HAS_ROWS: ReadonlySet<string> = new Set(['table', 'partitioned-table', 'materialized-view', 'foreign-table']);

/** By table, what all pending statements do together. */
export function touchedBy(steps: readonly Step[], base: Catalog): readonly Touched[] {
  const found = new Map<Key, Touched>();
  for (const step of steps)
    for (const cost of step.costs) {
      const { relation } = cost;
      if (relation === null || !isVisible(relation) || !HAS_ROWS.has(relation.kind)) continue;
      const key = keyOf(relation);
      const table = base.relations.get(key);
      if (table === undefined) continue;
      const before: Touched = found.get(key) ?? {
        ...{ key, schema: table.schema, name: table.name, mode: 'ACCESS SHARE', place: placeOf(step) },
        ...{ bounded: true, waits: false, works: [] },
      };
      found.set(key, withCost(before, cost, step));
    }
  return [...found.values()];
}

function withCost(touched: Touched, cost: Cost, step: Step): Touched {
  if (cost.kind === 'lock') {
    if (stronger(cost.mode, touched.mode) === touched.mode && touched.mode !== 'ACCESS SHARE') return touched;
    const bounded = (step.settings.get('lock_timeout') ?? '0') !== '0';
    return { ...touched, mode: cost.mode, place: placeOf(step), bounded };
  }
  if (cost.kind === 'wait') return { ...touched, waits: true };
  if (!isWork(cost) || isOfFew(cost, step)) return touched;
  const work: Work = { kind: cost.kind, place: placeOf(step), blocks: blockedDuring(touched.key, step) };
  return { ...touched, works: [...touched.works, work] };
}

/** Of rows: not all of them, or none, because the transaction has emptied the table. */
const isOfFew = (cost: CostOf<Work['kind']>, step: Step): boolean =>
  (cost.kind === 'touch-rows' && !(cost.all && cost.verb !== 'insert' && cost.verb !== 'copy')) ||
  step.before.relations.get(keyOf(cost.relation))?.emptied === true;

/** The strongest lock on the table while the statement runs. */
function blockedDuring(key: Key, { heldLocks, costs }: Step): Work['blocks'] {
  const modes = [...heldLocks, ...costs.filter(cost => cost.kind === 'lock')]
    .filter(({ relation }) => keyOf(relation) === key)
    .map(({ mode }) => mode);
  return blocked(modes.reduce<LockMode>(stronger, 'ACCESS SHARE'));
}
