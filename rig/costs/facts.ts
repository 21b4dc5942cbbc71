import { stronger, type LockMode } from '../../src/model/lock.ts';
import type { Cost, CostOf, Relation } from '../../src/model/effect.ts';
import { keyOf, type RelationKind } from '../../src/model/schema.ts';
import type { Measured } from '../../src/measure/session.ts';
import type { Other } from './waits.ts';

/**
 * What a server did with one statement, as it is kept in record.json. Relations are in schema public unless they say
 * otherwise, and tables unless their kind stands before the name: `index products_sku_idx`.
 */
export interface Facts {
  /** It refuses a transaction block, so it was watched from another session. */
  readonly alone?: true;
  readonly error?: { readonly sqlstate: string; readonly message: string };
  /** The strongest mode on each relation that was there before; on an index where it is stronger than on its table. */
  readonly locks?: Readonly<Record<string, LockMode>>;
  readonly rewrites?: readonly string[];
  readonly newFiles?: readonly string[];
  readonly scans?: readonly string[];
  /** Table by index. */
  readonly builds?: Readonly<Record<string, string>>;
  readonly rebuilds?: Readonly<Record<string, string>>;
  /** Outside a block: open transactions that it waits for. */
  readonly waits?: readonly Other[];
}

/** The table of each index, both as `schema.name`. */
export type TableOf = ReadonlyMap<string, string>;

const bare = ({ schema, name }: Relation): string => (schema === 'public' ? name : `${schema}.${name}`);
const KINDS: Readonly<Partial<Record<RelationKind, string>>> = { table: '', 'partitioned-table': '' };
const written = (relation: Relation): string => `${KINDS[relation.kind] ?? `${relation.kind} `}${bare(relation)}`;

/** The facts in a measurement. Only those are kept that a second run shows again. */
export function factsOf({ costs, complete, failure }: Measured, tableOf: TableOf): Facts {
  const alone = complete ? {} : { alone: true as const };
  if (failure) return { ...alone, error: { sqlstate: failure.sqlstate, message: failure.message } };
  const locks = new Map<string, LockMode>();
  for (const cost of costs) {
    if (cost.kind !== 'lock' || (cost.relation.kind === 'index' && !isMoreExact(cost, costs, tableOf))) continue;
    const name = written(cost.relation);
    locks.set(name, stronger(cost.mode, locks.get(name) ?? cost.mode));
  }
  const on = (kind: 'rewrite' | 'new-file' | 'scan'): string[] =>
    costs.flatMap(cost => (cost.kind === kind ? written(cost.relation) : []));
  const built = (rebuild: boolean): Record<string, string> =>
    sorted(
      costs.flatMap(cost =>
        cost.kind === 'build-index' && cost.rebuild === rebuild ? [[cost.index, written(cost.relation)]] : [],
      ),
    );
  return dropEmpty({
    ...alone,
    locks: sorted([...locks]),
    rewrites: on('rewrite').sort(),
    newFiles: on('new-file').sort(),
    scans: on('scan').sort(),
    builds: built(false),
    rebuilds: built(true),
  });
}

/** Planning, executing and every change of a table lock its indexes as they lock the table. */
function isMoreExact(lock: CostOf<'lock'>, costs: readonly Cost[], tableOf: TableOf): boolean {
  const table = tableOf.get(keyOf(lock.relation));
  const held = costs.flatMap(cost => (cost.kind === 'lock' && keyOf(cost.relation) === table ? cost.mode : []));
  return held.every(mode => stronger(lock.mode, mode) !== mode);
}

const sorted = <V>(entries: readonly (readonly [string, V])[]): Record<string, V> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

const dropEmpty = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value === true || Object.keys(value as object).length > 0),
  );

/** The facts in the product's own terms, to hold a prediction against. */
export function measuredOf({ alone, error, locks = {}, builds = {}, rebuilds = {}, ...work }: Facts): Measured {
  const basis = { cause: null, basis: 'measured', certainty: 'will' } as const;
  const kinds = { rewrite: work.rewrites, 'new-file': work.newFiles, scan: work.scans } as const;
  const costs: Cost[] = [
    ...Object.entries(locks).map(
      ([name, mode]) => ({ ...basis, kind: 'lock', relation: relationOf(name), mode, until: 'commit' }) as const,
    ),
    ...(['rewrite', 'new-file', 'scan'] as const).flatMap(kind =>
      (kinds[kind] ?? []).map(name => ({ ...basis, kind, relation: relationOf(name) })),
    ),
    ...[builds, rebuilds].flatMap((list, nth) =>
      Object.entries(list).map(
        ([index, table]) =>
          ({ ...basis, kind: 'build-index', relation: relationOf(table), index, rebuild: nth === 1 }) as const,
      ),
    ),
  ];
  return { costs, ms: 0, complete: alone !== true, failure: error ?? null };
}

function relationOf(text: string): Relation {
  const [path = '', kind = 'table'] = text.split(' ').reverse();
  const [name = '', schema = 'public'] = path.split('.').reverse();
  return { schema, name, kind: kind as RelationKind, age: 'existing' };
}
