import type { Change, ChangeOf } from '../../model/effect.ts';
import type { CostContext } from '../cost-model.ts';

/** Why the server refuses a change on this schema, whatever the rows. */
export interface PredictedError {
  readonly sqlstate: string;
  readonly message: string;
  /** Why that is not certain. */
  readonly because?: string;
}

export type ErrorContext = Pick<CostContext, 'catalog' | 'pg'>;

/** Checks of a kind of change, in the order in which Postgres makes them: the first refusal is the one that is seen. */
export type ErrorChecks<K extends Change['kind']> = readonly ((
  change: ChangeOf<K>,
  at: ErrorContext,
) => PredictedError | null)[];

/** One entry for each kind of change that a schema may refuse. */
export type ErrorTable = { readonly [K in Change['kind']]?: ErrorChecks<K> };

export const errorOf = (sqlstate: string, message: string): PredictedError => ({ sqlstate, message });
