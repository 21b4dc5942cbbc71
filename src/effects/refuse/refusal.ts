import type { Change, ChangeOf } from '../../model/effect.ts';
import type { Pricing } from '../price-list.ts';

/** Why the server refuses a change on this schema, whatever the rows. */
export interface Refusal {
  readonly sqlstate: string;
  readonly message: string;
  /** Why that is not certain. */
  readonly because?: string;
}

export type Refusing = Pick<Pricing, 'catalog' | 'pg'>;

/** Checks of a kind of change, in the order in which Postgres makes them: the first refusal is the one that is seen. */
export type Checks<K extends Change['kind']> = readonly ((change: ChangeOf<K>, at: Refusing) => Refusal | null)[];

/** One entry for each kind of change that a schema may refuse. */
export type Refusals = { readonly [K in Change['kind']]?: Checks<K> };

export const refuse = (sqlstate: string, message: string): Refusal => ({ sqlstate, message });

/** What was seen to depend on it may be gone. */
export const unlessDropped = (sqlstate: string, message: string): Refusal => ({
  sqlstate,
  message,
  because: 'it may have been dropped outside the migrations',
});
