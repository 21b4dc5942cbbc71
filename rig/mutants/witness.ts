/** A statement whose cost on one major is known from a server: it notices costs that are wrong. */
export interface Witness {
  readonly name: string;
  /** Predicts, and says what the server did otherwise; the same as long as no cost is another. */
  testify(): Promise<Testimony>;
  /** It objects to nothing where the costs are as they are. */
  readonly content: boolean;
  /** How often each possible cost arises is recorded, too (uncertain-costs.json): another number is noticed. */
  readonly counted: boolean;
}

export interface Testimony {
  readonly objections: readonly string[];
  readonly uncertain: readonly UncertainCost[];
}

/** A cost that may be, and whether it was. */
interface UncertainCost {
  readonly name: string;
  readonly arose: boolean;
}
