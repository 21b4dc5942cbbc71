import type { Change, ChangeOf, Cost, CostOf, Relation } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import type { Catalog } from '../model/schema.ts';

/** What a cost depends on besides the change: the schema before it, the server's major version, the session. */
export interface CostContext {
  readonly catalog: Catalog;
  readonly pg: number;
  readonly settings: ReadonlyMap<string, string>;
}

type Open<C> = C extends Cost ? Omit<C, 'cause' | 'basis' | 'certainty' | 'because'> : never;
/** A cost before the change that causes it is added. */
export type Part = Open<Cost> & { readonly certainty?: 'will' | 'may'; readonly because?: string };

/** One entry per kind of change: a new kind does not compile until it has one. */
export type CostTable = { readonly [K in Change['kind']]: (change: ChangeOf<K>, at: CostContext) => readonly Part[] };

export const lock = (relation: Relation, mode: LockMode, until: CostOf<'lock'>['until'] = 'commit'): Part => ({
  kind: 'lock',
  relation,
  mode,
  until,
});
export const exclusive = (relation: Relation): Part => lock(relation, 'ACCESS EXCLUSIVE');
export const scan = (relation: Relation): Part => ({ kind: 'scan', relation });
export const rewrite = (relation: Relation): Part => ({ kind: 'rewrite', relation });
export const newFile = (relation: Relation): Part => ({ kind: 'new-file', relation });
export const build = (relation: Relation, index: string, rebuild = false): Part => ({
  kind: 'build-index',
  relation,
  index,
  rebuild,
});
export const waitForOlder = (relation: Relation): Part => ({ kind: 'wait', relation, for: 'older-transactions' });
export const lose = (relation: Relation, what: CostOf<'lose-data'>['what']): Part => ({
  kind: 'lose-data',
  relation,
  what,
});
export const reject = (relation: Relation, condition: string): Part => ({ kind: 'reject', relation, if: condition });
export const fail = (relation: Relation | null, sqlstate: string, message: string): Part => ({
  kind: 'fail',
  relation,
  sqlstate,
  message,
});

/** The same costs, none of them certain. */
export const may = (parts: readonly Part[], because: string): Part[] =>
  parts.map(part => ({ ...part, certainty: 'may', because }));
