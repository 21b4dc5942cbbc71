import { bare } from '../model/bare.ts';
import { keyOf, type Column, type TypeRef } from '../model/schema.ts';
import { isBuiltin } from './coercion.ts';
import { BINARY_CASTS } from './data/type-data.ts';
import { words } from './data/words.ts';
import { EXTENSION_TYPES } from '../catalog/data/extension-types.ts';
import type { CostContext } from './cost-model.ts';

export interface Retype {
  readonly from: Column | null;
  readonly to: TypeRef;
  readonly collation: string | null;
  readonly using: 'none' | 'relabel' | 'expression';
  /** Casts that the column goes through first. */
  readonly through?: readonly TypeRef[] | undefined;
}

export interface Verdict {
  readonly rewrite: 'no' | 'yes' | 'may';
  /** Indexes on the column alone; expressions and predicates are always built again. */
  readonly indexes: 'kept' | 'rebuilt';
  readonly because?: string;
  /** Values lose digits silently. */
  readonly lossy: boolean;
}

const REWRITE: Verdict = { rewrite: 'yes', indexes: 'rebuilt', lossy: false };
const FREE: Verdict = { rewrite: 'no', indexes: 'kept', lossy: false };
const REINDEX: Verdict = { rewrite: 'no', indexes: 'rebuilt', lossy: false };
const maybe = (because: string): Verdict => ({ rewrite: 'may', indexes: 'rebuilt', because, lossy: false });

let casts: Set<string> | null = null;
const isBinary = (from: string, to: string): boolean => {
  casts ??= new Set(words(BINARY_CASTS));
  return casts.has(`${from}>${to}`);
};

/** Binary-coercible types whose indexes serve both, because they share an operator class (CheckIndexCompatible). */
const SHARED_CLASS = new Set(['varchar>text', 'text>varchar', 'cidr>inet', 'varchar>varchar']);

/**
 * Does ALTER COLUMN TYPE write the rows again (ATColumnChangeRequiresRewrite, tablecmds.c), and its indexes
 * (CheckIndexCompatible, indexcmds.c)? Measured on 12 to 18.
 */
export function retype({ from, to, collation, using, through = [] }: Retype, at: CostContext): Verdict {
  if (using === 'expression') return REWRITE;
  if (from === null) return maybe('the current type is not known');
  const steps = [...through, to].map((type, nth) => cast(through[nth - 1] ?? from.type, type, at));
  const work = steps.find(({ rewrite }) => rewrite === 'yes') ?? steps.find(({ rewrite }) => rewrite === 'may');
  return work
    ? { ...work, lossy: steps.some(({ lossy }) => lossy) }
    : collate(cast(from.type, to, at), from, collation);
}

function cast(from: TypeRef, to: TypeRef, at: CostContext): Verdict {
  const source = unwrap(from, at);
  const goal = unwrap(to, at);
  if (sameType(from, to)) return FREE;
  if (goal.unknown || source.unknown) return maybe('the type is not defined in the migrations');
  if (goal.constrained) return REWRITE;
  if (source.type.array !== goal.type.array) return REWRITE;
  if (source.type.array)
    // An index on arrays is kept for the very same type only: their operator class takes any (CheckIndexCompatible).
    return keyOf(source.type) === keyOf(goal.type) && sameMods(source.type, goal.type) ? REINDEX : REWRITE;
  return between(source.type, goal.type, at);
}

interface Unwrapped {
  readonly type: TypeRef;
  readonly constrained: boolean;
  readonly unknown: boolean;
}

/** A domain stands for its base type, plus its constraints. */
function unwrap(type: TypeRef, { catalog }: CostContext): Unwrapped {
  const domain = catalog.types.get(keyOf(type));
  if (domain?.kind === 'domain' && domain.base) {
    const base = unwrap({ ...domain.base, array: type.array || domain.base.array }, { catalog } as CostContext);
    return { ...base, constrained: base.constrained || domain.notNull || domain.constraints.length > 0 };
  }
  const isKnown = isBuiltin(type) || domain !== undefined || EXTENSION_TYPES.has(type.name);
  return { type, constrained: false, unknown: !isKnown };
}

const sameMods = (a: TypeRef, b: TypeRef): boolean => String(a.mods) === String(b.mods) && a.fields === b.fields;

/** The same type, with the same modifiers. */
export const sameType = (a: TypeRef, b: TypeRef): boolean =>
  keyOf(a) === keyOf(b) && sameMods(a, b) && a.array === b.array;

/** A collation sorts otherwise: every index on the column is built again. */
function collate(verdict: Verdict, from: Column, collation: string | null): Verdict {
  return verdict.rewrite === 'no' && (collation ?? null) !== from.collation ? REINDEX : verdict;
}

function between(from: TypeRef, to: TypeRef, at: CostContext): Verdict {
  if (keyOf(from) === keyOf(to)) {
    const grows = GROWS[to.name];
    if (sameMods(from, to)) return FREE;
    return grows?.(from.mods, to.mods) === true ? FREE : { ...REWRITE, lossy: ROUNDS.has(to.name) };
  }
  if (from.name === 'citext' || to.name === 'citext') {
    const alike =
      from.name === 'citext'
        ? ['text', 'varchar', 'bpchar'].includes(to.name)
        : ['text', 'varchar'].includes(from.name);
    return alike && to.mods.length === 0 ? REINDEX : REWRITE;
  }
  const pair = `${from.name}>${to.name}`;
  if (pair === 'timestamp>timestamptz' || pair === 'timestamptz>timestamp') return betweenTimestamps(from, to, at);
  if (from.schema === 'pg_catalog' && to.schema === 'pg_catalog' && isBinary(from.name, to.name)) {
    if (to.mods.length > 0) return REWRITE;
    return SHARED_CLASS.has(pair) ? FREE : REINDEX;
  }
  return { ...REWRITE, lossy: LOSES.has(pair) };
}

/** timestamp_timestamptz and back need no work where the session's zone is UTC (TimestampTimestampTzRequiresRewrite, 12+). */
function betweenTimestamps(from: TypeRef, to: TypeRef, { settings }: CostContext): Verdict {
  // A precision is a second cast, of what has none (measured).
  const precise = to.mods[0] === undefined || to.mods[0] === 6;
  const zone = settings.get('timezone')?.toLowerCase();
  if (!precise) return { ...REWRITE, lossy: !precision(from.mods, to.mods) };
  if (zone === undefined) return maybe('only a session with TimeZone UTC avoids the rewrite');
  return ['utc', 'gmt', 'etc/utc', 'etc/gmt', 'zulu', 'universal'].includes(zone) ? REINDEX : REWRITE;
}

type Fits = (from: readonly number[], to: readonly number[]) => boolean;

const length: Fits = ([from], [to]) => to === undefined || (from !== undefined && to >= from);
/** timestamp_support and its like: microseconds are all there is. */
const precision: Fits = ([from], [to]) => to === undefined || to === 6 || (from !== undefined && to >= from);

/** Types whose length function the planner drops when the new limit is wider (prosupport, pg_proc). */
const GROWS: Readonly<Record<string, Fits>> = bare({
  varchar: length,
  varbit: length,
  numeric: ([p, s = 0], [toP, toS = 0]) => toP === undefined || (p !== undefined && s === toS && toP >= p),
  timestamp: precision,
  timestamptz: precision,
  time: precision,
  timetz: precision,
  interval: precision,
});

const ROUNDS = new Set(['numeric', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval']);
const LOSES = new Set([
  'numeric>int2',
  'numeric>int4',
  'numeric>int8',
  'numeric>float4',
  'numeric>float8',
  'float8>float4',
  'float8>int2',
  'float8>int4',
  'float8>int8',
  'float4>int2',
  'float4>int4',
  'float4>int8',
  'timestamp>date',
  'timestamptz>date',
  'timestamp>time',
  'timestamptz>time',
]);
