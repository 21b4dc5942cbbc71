import type { HideCase } from './hide-cases.ts';

const PROCEDURE = "CREATE PROCEDURE p(INOUT s text) LANGUAGE plpgsql AS $$ BEGIN s := 'TRUNCATE orders'; END $$";
const block = (text: string): string => `DO $$ ${text} $$`;
const executing = (name: string, declared: string, ...before: readonly string[]): HideCase => ({
  name: `text of a variable: ${name}`,
  sql: [...before, block(declared)],
});
const called = (name: string, body: string, given: string, ...before: readonly string[]): HideCase => ({
  name: `text of a parameter: ${name}`,
  sql: [...before, `CREATE FUNCTION g(q text) RETURNS void LANGUAGE plpgsql AS $$ ${body} $$`, `SELECT g('${given}')`],
});
const asking = (name: string, condition: string, ...before: readonly string[]): HideCase => ({
  name: `a condition that holds: ${name}`,
  sql: [...before, block(`BEGIN IF ${condition} THEN TRUNCATE orders; END IF; END`)],
});
const MAYBE = block('BEGIN CREATE TABLE maybe (id int); PERFORM 1 / 0; EXCEPTION WHEN OTHERS THEN NULL; END');

/** Where the text of EXECUTE, or whether a statement runs, is not what it seems. */
export const PLPGSQL_CASES: readonly HideCase[] = [
  executing('INOUT', "DECLARE q text := 'SELECT 1'; BEGIN CALL p(q); EXECUTE q; END", PROCEDURE),
  executing(
    'declared twice',
    "DECLARE q text := 'TRUNCATE orders'; BEGIN DECLARE q text := 'SELECT 1'; BEGIN EXECUTE q; END; EXECUTE q; END",
  ),
  executing(
    'INTO with a label',
    "<<b>> DECLARE q text := 'SELECT 1'; BEGIN SELECT 'TRUNCATE orders' INTO b.q; EXECUTE q; END",
  ),
  executing(
    'declared in a loop over constants',
    "DECLARE q text; BEGIN FOREACH q IN ARRAY ARRAY['SELECT 1'] LOOP DECLARE q text := 'TRUNCATE orders'; BEGIN EXECUTE q; END; END LOOP; END",
  ),
  called('INOUT by place', 'BEGIN CALL p($1); EXECUTE q; END', 'SELECT 1', PROCEDURE),
  called('INTO by name', "BEGIN SELECT 'TRUNCATE orders' INTO q; EXECUTE $1; END", 'SELECT 1'),
  called('assigned by name', "BEGIN q := 'TRUNCATE orders'; EXECUTE $1; END", 'SELECT 1'),
  called(
    'declared again',
    "BEGIN DECLARE q text := 'SELECT 1'; BEGIN EXECUTE q; END; EXECUTE q; END",
    'TRUNCATE orders',
  ),
  asking('a number', "'01' = 1"),
  asking('a boolean', "'t' = true"),
  asking('text that sorts', "'10' < '9'"),
  asking('a large number', '9007199254740993 <> 9007199254740992'),
  asking('a name that is cut', "EXISTS (SELECT 1 FROM pg_tables WHERE tablename::varchar(3) = 'ord')"),
  asking(
    'other names of columns',
    "NOT EXISTS (SELECT 1 FROM pg_tables t (tablename, schemaname) WHERE tablename = 'orders')",
  ),
  asking(
    'a function without rows',
    "NOT EXISTS (SELECT unnest('{}'::int[]) FROM pg_tables WHERE tablename = 'orders')",
  ),
  asking('OFFSET', "NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'orders' OFFSET 1)"),
  asking(
    'WITH',
    "NOT EXISTS (WITH pg_tables AS (SELECT 'x' AS tablename) SELECT 1 FROM pg_tables WHERE tablename = 'orders')",
  ),
  asking(
    'a system column',
    "EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'ctid')",
  ),
  asking(
    'a column of an index',
    "EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'orders_pkey'::regclass AND attname = 'id')",
  ),
  asking('the type of an array', "EXISTS (SELECT 1 FROM pg_type WHERE typname = '_orders')"),
  asking('TOAST', "EXISTS (SELECT 1 FROM pg_class WHERE relkind = 't')"),
  asking('a pattern', "EXISTS (SELECT 1 FROM pg_class WHERE relname LIKE '%authid')"),
  asking('functions of the system', 'EXISTS (SELECT 1 FROM pg_proc WHERE pronargs = 1)'),
  asking(
    'schemas of the system',
    "EXISTS (SELECT 1 FROM pg_namespace WHERE nspname <> 'public' AND nspname <> 'store')",
  ),
  asking(
    'the information schema',
    "EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'sql_features')",
  ),
  asking('internal triggers', "EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = 'orders'::regclass AND tgisinternal)"),
  asking(
    'NOT NULL',
    "EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE table_name = 'orders' AND constraint_type = 'CHECK')",
  ),
  asking(
    'a constraint of a domain',
    "EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'd_check')",
    'CREATE DOMAIN d AS int CHECK (VALUE > 0)',
  ),
  asking(
    'a temporary table over a catalog',
    "NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'orders')",
    'CREATE TEMP TABLE pg_tables (tablename text)',
  ),
  asking(
    'a function of its own',
    "store.to_regclass('orders') IS NULL",
    "CREATE FUNCTION store.to_regclass(text) RETURNS regclass LANGUAGE sql AS 'SELECT NULL::regclass'",
  ),
  asking(
    'an operator of its own',
    "EXISTS (SELECT 1 FROM pg_tables WHERE tablename::text OPERATOR(store.=) 'nothing'::text)",
    "CREATE FUNCTION store.yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    'CREATE OPERATOR store.= (FUNCTION = store.yes, LEFTARG = text, RIGHTARG = text)',
  ),
  asking('a schema that is missing', "current_schema() = 'public'", 'SET search_path = missing, public'),
  asking("the user's schema", "current_schema() <> 'public'", 'CREATE SCHEMA postgres'),
  asking('what a handler rolled back', "to_regclass('maybe') IS NULL", MAYBE),
  {
    name: 'a condition that holds: a variable over a column',
    sql: [
      block(
        "\n#variable_conflict use_variable\nDECLARE tablename text := 'x'; BEGIN IF NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'orders') THEN TRUNCATE orders; END IF; END",
      ),
    ],
  },
];
