import type { Recipe } from '../hide/recipe.ts';

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
  { name: 'a table that ALTER INDEX renames', sql: ['ALTER INDEX orders RENAME TO elsewhere'] },
  {
    name: 'strings that end elsewhere, by SET',
    layout: 'goose',
    sql: ['SET standard_conforming_strings = off', "SELECT '\\''", "DO $$ BEGIN EXECUTE 'TRUNCATE orders'; END $$"],
  },
  {
    name: 'strings that end elsewhere, by set_config',
    layout: 'goose',
    sql: [
      "SELECT set_config('standard_conforming_strings', 'off', false)",
      "SELECT '\\''",
      "DO $$ BEGIN EXECUTE 'TRUNCATE orders'; END $$",
    ],
  },
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
  {
    name: 'a parameter of EXECUTE',
    sql: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN 1; END'",
      'PREPARE p(int) AS SELECT $1',
      'EXECUTE p(f())',
    ],
  },
  {
    name: 'a name that a body in standard SQL was bound to',
    sql: [
      'CREATE SCHEMA s',
      "CREATE FUNCTION s.length(int) RETURNS int LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN 1; END'",
      'SET search_path = public, s',
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT length(5); END',
      'SET search_path = public',
      'SELECT f()',
    ],
  },
  {
    name: 'a subscript that is assigned to',
    sql: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN 1; END'",
      "DO $$ DECLARE a int[] := '{1}'; BEGIN a[f()] := 2; END $$",
    ],
  },
  {
    name: 'an option of RAISE',
    sql: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN TRUNCATE orders; RETURN 1; END'",
      'DO $$ BEGIN RAISE NOTICE USING MESSAGE = f()::text; END $$',
    ],
  },
  {
    name: 'a function of another schema that is called as one of the system is',
    sql: [
      'CREATE SCHEMA s',
      "CREATE FUNCTION s.reverse(text) RETURNS text LANGUAGE sql AS $$ SELECT 'TRUNCATE orders' $$",
      "DO $$ BEGIN EXECUTE s.reverse('1 TCELES'); END $$",
    ],
  },
  {
    name: 'the same before pg_catalog',
    sql: [
      'CREATE SCHEMA s',
      "CREATE FUNCTION s.reverse(text) RETURNS text LANGUAGE sql AS $$ SELECT 'TRUNCATE orders' $$",
      'SET search_path = s, pg_catalog, public',
      "DO $$ BEGIN EXECUTE reverse('1 TCELES'); END $$",
    ],
  },
  {
    name: 'an operator of its own for types that suit it better',
    sql: [
      "CREATE FUNCTION cat(varchar, varchar) RETURNS text LANGUAGE sql AS $$ SELECT 'TRUNCATE orders' $$",
      'CREATE OPERATOR || (FUNCTION = cat, LEFTARG = varchar, RIGHTARG = varchar)',
      "DO $$ BEGIN EXECUTE 'SELECT '::varchar || '1'::varchar; END $$",
    ],
  },
  {
    name: 'a cast that makes another text',
    sql: [
      'CREATE TYPE t AS (x text)',
      "CREATE FUNCTION ct(t) RETURNS text LANGUAGE sql AS $$ SELECT 'TRUNCATE orders' $$",
      'CREATE CAST (t AS text) WITH FUNCTION ct(t)',
      "DO $$ BEGIN EXECUTE ('(SELECT 1)'::t)::text; END $$",
    ],
  },
  {
    name: 'a cast that cuts the text',
    sql: [
      'CREATE TABLE orders_new (id bigint PRIMARY KEY)',
      "DO $$ BEGIN EXECUTE 'TRUNCATE ' || 'orders_new'::varchar(6); END $$",
    ],
  },
  {
    name: 'a width of format',
    sql: ["DO $$ BEGIN EXECUTE format('-- %1$10s', E'\\nTRUNCATE orders'); END $$"],
  },
  {
    name: 'a setting whose name is put together',
    sql: ["SELECT set_config('search_' || 'path', 'store', false)", 'DROP TABLE IF EXISTS items'],
  },
  {
    name: 'a setting whose name is selected',
    sql: [
      "SELECT set_config(name, 'store', false) FROM pg_settings WHERE name = 'search_path'",
      'DROP TABLE IF EXISTS items',
    ],
  },
];

const PLAIN = { layout: 'golang-migrate', aim: { id: 'plain', seed: 0 }, frames: [], name: 'change' };

/** The same, where it is the history that hides it. */
export const RECIPES: readonly Recipe[] = [
  { ...PLAIN, core: 'emptied', chain: [], history: { id: 'squashed', seed: 1 } },
  {
    ...PLAIN,
    core: 'truncate',
    chain: [{ id: 'shadowing-function', seed: 1564825425 }],
    history: { id: 'two-files', seed: 1805652389 },
  },
  {
    ...PLAIN,
    core: 'truncate',
    aim: { id: 'search-path', seed: 581779882 },
    chain: [{ id: 'trigger-on-parent', seed: 1334420044 }],
    history: { id: 'two-files', seed: 921518705 },
  },
  {
    ...PLAIN,
    core: 'delete-cascade',
    chain: [{ id: 'trigger-cascade', seed: 1846169467 }],
    history: { id: 'plain', seed: 0 },
  },
  {
    ...PLAIN,
    core: 'merge-update',
    aim: { id: 'parent', seed: 580600500 },
    chain: [],
    history: { id: 'plain', seed: 0 },
  },
  {
    ...PLAIN,
    core: 'truncate',
    aim: { id: 'path-past-commit', seed: 1045137236 },
    chain: [
      { id: 'trigger-renamed', seed: 768902642 },
      { id: 'definer-function', seed: 933575279 },
    ],
    history: { id: 'plain', seed: 0 },
  },
];
