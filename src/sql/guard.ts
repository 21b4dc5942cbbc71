import type { Bindings } from './constant-text.ts';

/** What an IF asks. It is answered once, when it is reached: what its branches do changes no answer. */
export interface Test {
  readonly sql: string;
  /** Constants that names in it stand for. */
  readonly bound: Bindings;
}

/** An answer on which something runs. */
export interface Answer {
  readonly test: Test;
  readonly is: boolean;
}

/** Something that decides whether a statement of a body runs. */
export interface Guard {
  readonly because: string;
  /** It runs when all answers are these; null when nobody can tell without running it. */
  readonly answers: readonly Answer[] | null;
  /** It runs unless all are. */
  readonly unless?: true;
}

/**
 * The answers on which all guards let pass; null when something else decides, too. What an earlier RETURN skips has no
 * part in it: whoever comes after both asks for that one as well.
 */
export function answersOf(guards: readonly Guard[]): readonly Answer[] | null {
  const all = guards.filter(({ unless }) => !unless).map(({ answers }) => answers);
  return guards.some(({ answers }) => answers === null) ? null : all.flatMap(answers => answers ?? []);
}

/** The same, where no answer is to be given. */
export const undecided = <T extends { readonly guards: readonly Guard[] }>(part: T): T => ({
  ...part,
  guards: part.guards.map(guard => ({ ...guard, answers: null })),
});
