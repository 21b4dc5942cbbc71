/** What once took something away while the gate did not fail: a pull request of one migration. */
export interface HideCase {
  readonly name: string;
  /** golang-migrate where none is named. */
  readonly layout?: string;
  /** An earlier migration, after the tables. */
  readonly ran?: readonly string[];
  readonly sql: readonly string[];
}

/** Each is run on a server, which must show the loss, and judged, which must fail. */
export const CASES: readonly HideCase[] = [
  { name: 'an expression of text in a DO', sql: ["DO $$ BEGIN EXECUTE 'TRUN' || 'CATE orders'; END $$"] },
  { name: 'a column past a comment', sql: ['ALTER TABLE/* ; */orders DROP/**/COLUMN note'] },
];
