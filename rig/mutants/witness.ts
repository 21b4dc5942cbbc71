/** A statement whose cost on one major is known from a server: it notices prices that are wrong. */
export interface Witness {
  readonly name: string;
  /** Predicts, and says what the server did otherwise; the same as long as no price is another. */
  testify(): Promise<Testimony>;
  /** The price as it is lets it object to nothing. */
  readonly content: boolean;
  /** How often each doubt is true is recorded, too (doubts.json): another number is noticed. */
  readonly counted: boolean;
}

export interface Testimony {
  readonly objections: readonly string[];
  readonly doubts: readonly Doubt[];
}

/** A cost that may be, and whether it was. */
interface Doubt {
  readonly name: string;
  readonly arose: boolean;
}
