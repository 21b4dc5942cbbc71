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
  {
    name: 'a view that calls a function, written through',
    sql: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN 1; END'",
      'CREATE VIEW v AS SELECT id, body FROM notes WHERE f() > 0',
      'DELETE FROM v WHERE id = 1',
    ],
  },
  {
    name: 'a default of a view below another',
    sql: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN 1; END'",
      'CREATE VIEW v AS SELECT id, body FROM notes',
      'CREATE VIEW w AS SELECT * FROM v',
      'ALTER VIEW v ALTER id SET DEFAULT f()',
      "INSERT INTO w (body) VALUES ('x')",
    ],
  },
  {
    name: 'a trigger of the update that ON CONFLICT makes',
    sql: [
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN NULL; END'",
      'CREATE TRIGGER t BEFORE UPDATE ON settings EXECUTE FUNCTION f()',
      "INSERT INTO settings VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET value = 'y'",
    ],
  },
  {
    name: 'a schema of the role that is set',
    sql: [
      'CREATE TABLE public.items (id bigint PRIMARY KEY)',
      'CREATE ROLE store SUPERUSER',
      'SET ROLE store',
      'TRUNCATE items',
    ],
  },
  {
    name: 'a column of a child, renamed by its new parent',
    sql: [
      'CREATE TABLE whole (id int, note text)',
      'ALTER TABLE orders INHERIT whole',
      'ALTER TABLE whole RENAME COLUMN note TO remark',
    ],
  },
  {
    name: 'arguments out, a recursion, and an operator of another path',
    sql: [
      'CREATE FUNCTION f(n int, OUT x int) LANGUAGE plpgsql AS $$ BEGIN IF n > 0 THEN x := f(n - 1); ELSE TRUNCATE orders; x := 1; END IF; END $$',
      'CREATE SCHEMA s',
      "CREATE FUNCTION s.plus(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT public.f(a)'",
      'CREATE OPERATOR s.+ (FUNCTION = s.plus, LEFTARG = int, RIGHTARG = int)',
      'SET search_path = s, pg_catalog, public',
      'SELECT 1 + 2',
    ],
  },
];
