/** A statement whose cost is measured: one row of docs/costs.md. */
export interface Entry {
  /** Its anchor in the page and its key in the record. */
  readonly id: string;
  /** What besides the shop decides its cost, in words: `where …` is read before it. */
  readonly where?: string;
  /** The same in SQL, committed before. */
  readonly setup?: string;
  readonly sql: string;
  /** Of the session that runs it. */
  readonly setting?: string;
  /** It may refuse a transaction block. */
  readonly alone?: true;
}

/** A section of the page. */
export interface Area {
  readonly id: string;
  readonly title: string;
  /** What its rows have in common. */
  readonly text: string;
  readonly entries: readonly Entry[];
}
