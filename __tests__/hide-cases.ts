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
  {
    name: 'a column dropped and made anew where a handler is',
    sql: [
      'DO $$ BEGIN ALTER TABLE orders DROP COLUMN note, ADD COLUMN note text; EXCEPTION WHEN OTHERS THEN RAISE; END $$',
    ],
  },
  {
    name: 'a column dropped beside one that may be there',
    sql: [
      'DO $$ BEGIN IF (SELECT count(*) FROM notes) > 100 THEN ALTER TABLE orders ADD COLUMN extra int; END IF; BEGIN ALTER TABLE orders ADD COLUMN extra int, DROP COLUMN note; EXCEPTION WHEN duplicate_column THEN NULL; END; END $$',
    ],
  },
];
