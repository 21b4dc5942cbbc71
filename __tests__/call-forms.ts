/** A way in which a statement runs a function that it does not call outright; `f` makes the function. */
export interface Way {
  readonly name: string;
  /** What a migration before has made. */
  readonly given?: (f: Make) => string;
  readonly sql: (f: Make) => string;
}

/** CREATE FUNCTION name(arguments) RETURNS type, which does what is to be found and returns the value. */
export type Make = (name: string, args: string, returns: string, value: string, options?: string) => string;

export const GIVEN = `
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total int);
CREATE TABLE z (a int, b int);
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int PRIMARY KEY, parent_id int REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE cut (id int, v int) PARTITION BY RANGE (id);
CREATE TABLE cut_1 PARTITION OF cut FOR VALUES FROM (0) TO (10);
INSERT INTO orders (total) VALUES (1), (2);
INSERT INTO z VALUES (1, 1);
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1);
INSERT INTO cut VALUES (1, 1);
`;

const f = (make: Make): string => make('f', '', 'int', '1');
const g = (make: Make): string => make('g', 'x int', 'int', 'x', 'IMMUTABLE');
const b = (make: Make): string => make('f', 'x int', 'boolean', 'true');
const trigger = (make: Make, value = 'NEW'): string => make('f', '', 'trigger', value);
const way = (name: string, sql: Way['sql'], given?: Way['given']): Way => ({ name, sql, ...(given && { given }) });

const operatorClass = (make: Make): string =>
  `${make('f', 'int, int', 'int', '$1 - $2', 'IMMUTABLE')} CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 f(int, int);`;
/** A default operator class for a composite type. */
const compositeClass = (make: Make): string =>
  `CREATE TYPE c AS (a int); ${make('f', 'c, c', 'int', '$1.a - $2.a', 'IMMUTABLE')} CREATE FUNCTION lt(c, c) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a < $2.a'; CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR <<= (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR === (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR >>= (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR >>> (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR CLASS oc DEFAULT FOR TYPE c USING btree AS OPERATOR 1 <<<, OPERATOR 2 <<=, OPERATOR 3 ===, OPERATOR 4 >>=, OPERATOR 5 >>>, FUNCTION 1 f(c, c);`;

export const WAYS: readonly Way[] = [
  way('SELECT', m => `${f(m)} SELECT f()`),
  way('SELECT of a function of the history', () => 'SELECT f()', f),
  way('FROM', m => `${f(m)} SELECT * FROM f()`),
  way('WHERE', m => `${f(m)} SELECT 1 FROM z WHERE f() = 1`),
  way('LATERAL', m => `${g(m)} SELECT 1 FROM z, LATERAL g(z.a)`),
  way('ORDER BY', m => `${f(m)} SELECT a FROM z ORDER BY f()`),
  way('LIMIT', m => `${f(m)} SELECT a FROM z LIMIT f()`),
  way('VALUES', m => `${f(m)} VALUES (f())`),
  way('CTE', m => `${f(m)} WITH w AS MATERIALIZED (SELECT f()) SELECT * FROM w`),
  way('CASE', m => `${f(m)} SELECT CASE WHEN true THEN f() END`),
  way('subquery', m => `${f(m)} SELECT (SELECT f())`),
  way('RETURNING', m => `${f(m)} INSERT INTO z VALUES (2, 2) RETURNING f()`),
  way('ON CONFLICT', m => `${f(m)} INSERT INTO parent VALUES (1) ON CONFLICT (id) DO UPDATE SET id = f()`),
  way('UPDATE SET', m => `${f(m)} UPDATE z SET a = f()`),
  way('DELETE WHERE', m => `${f(m)} DELETE FROM z WHERE a = f() + 1`),
  way(
    'MERGE',
    m => `${f(m)} MERGE INTO z USING (SELECT 1 AS i) s ON z.a = s.i WHEN MATCHED AND f() = 1 THEN DO NOTHING`,
  ),
  way('DO', m => `${f(m)} DO $do$ BEGIN PERFORM f(); END $do$`),
  way('DO assignment', m => `${f(m)} DO $do$ DECLARE i int := f(); BEGIN END $do$`),
  way('DO condition', m => `${f(m)} DO $do$ BEGIN IF f() = 1 THEN NULL; END IF; END $do$`),
  way('DO EXECUTE', m => `${f(m)} DO $do$ BEGIN EXECUTE format('SELECT %I()', 'f'); END $do$`),
  way('DO USING', m => `${f(m)} DO $do$ BEGIN EXECUTE 'SELECT $1' USING f(); END $do$`),
  way('DO RAISE', m => `${f(m)} DO $do$ BEGIN RAISE NOTICE '%', f(); END $do$`),
  way('DO ASSERT', m => `${f(m)} DO $do$ BEGIN ASSERT f() = 1; END $do$`),
  way(
    'DO cursor',
    m => `${f(m)} DO $do$ DECLARE c CURSOR FOR SELECT f(); i int; BEGIN OPEN c; FETCH c INTO i; END $do$`,
  ),
  way('DO loop', m => `${f(m)} DO $do$ DECLARE r record; BEGIN FOR r IN SELECT f() LOOP NULL; END LOOP; END $do$`),
  way('CALL', m => `${f(m)} CREATE PROCEDURE p() LANGUAGE plpgsql AS $p$ BEGIN PERFORM f(); END $p$; CALL p()`),
  way('argument of CALL', m => `${f(m)} CREATE PROCEDURE p(i int) LANGUAGE sql AS 'SELECT 1'; CALL p(f())`),
  way('SQL function', m => `${f(m)} CREATE FUNCTION h() RETURNS int LANGUAGE sql AS 'SELECT f()'; SELECT h()`),
  way('RETURN', m => `${f(m)} CREATE FUNCTION h() RETURNS int RETURN f(); SELECT h()`),
  way('BEGIN ATOMIC', m => `${f(m)} CREATE FUNCTION h() RETURNS int BEGIN ATOMIC SELECT f(); END; SELECT h()`),
  way('chain of 30', m => {
    const links = Array.from({ length: 30 }, (_, n) => n + 1);
    const link = (n: number): string =>
      `CREATE FUNCTION f${n}() RETURNS int LANGUAGE sql AS 'SELECT ${n === 1 ? 'f' : `f${n - 1}`}()';`;
    return `${f(m)} ${links.map(link).join(' ')} SELECT f30()`;
  }),
  way(
    'recursion',
    m =>
      `${f(m)} CREATE FUNCTION h(n int) RETURNS int LANGUAGE plpgsql AS $h$ BEGIN IF n = 0 THEN RETURN f(); END IF; RETURN h(n - 1); END $h$; SELECT h(3)`,
  ),
  way('overload', m => `${make2(m)} SELECT f('a'::text)`),
  way('named argument', m => `${m('f', 'a int, b int DEFAULT 2', 'int', '1')} SELECT f(b => 1, a => 2)`),
  way(
    'default argument',
    m => `${f(m)} CREATE FUNCTION h(a int DEFAULT f()) RETURNS int LANGUAGE sql AS 'SELECT a'; SELECT h()`,
  ),
  way('VARIADIC', m => `${m('f', 'VARIADIC a int[]', 'int', '1')} SELECT f(1, 2, 3)`),
  way('polymorphic', m => `${m('f', 'a anyelement', 'anyelement', 'a')} SELECT f(1)`),
  way('other schema', m => `CREATE SCHEMA s; ${m('s.f', '', 'int', '1')} SELECT s.f()`),
  way(
    'search_path of the session',
    m => `CREATE SCHEMA s; ${m('s.f', '', 'int', '1')} SET LOCAL search_path = s, public; SELECT f()`,
  ),
  way(
    'search_path of the function',
    m =>
      `CREATE SCHEMA s; CREATE TABLE s.orders (id int); ${m('f', '', 'int', '1', 'SET search_path = public')} SET LOCAL search_path = s, public; SELECT public.f()`,
  ),
  way(
    'temporary table last in the path',
    m => `CREATE TEMP TABLE orders (id int); ${m('f', '', 'int', '1', 'SET search_path = public, pg_temp')} SELECT f()`,
  ),
  way(
    'ALTER FUNCTION SET search_path',
    m =>
      `CREATE SCHEMA s; CREATE TABLE s.orders (id int); ${f(m)} ALTER FUNCTION f() SET search_path = public; SET LOCAL search_path = s, public; SELECT public.f()`,
  ),
  way('renamed', m => `${f(m)} ALTER FUNCTION f() RENAME TO k; SELECT k()`),
  way('moved', m => `CREATE SCHEMA s; ${f(m)} ALTER FUNCTION f() SET SCHEMA s; SELECT s.f()`),
  way(
    'replaced',
    m => `${orReplace(f(m))} SELECT h()`,
    () =>
      `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION h() RETURNS int LANGUAGE sql AS 'SELECT f()';`,
  ),
  way('attribute', m => `CREATE TYPE c AS (a int); ${m('f', 'c', 'int', '1')} SELECT (ROW(1)::c).f`),
  way('attribute of a row', m => `${m('f', 'z', 'int', '1')} SELECT z.f FROM z`),
  way('row as an argument', m => `${m('f', 'z', 'int', '1')} SELECT f(z) FROM z`),
  way(
    'operator',
    m =>
      `${m('f', 'int, int', 'int', '1')} CREATE OPERATOR @@@ (FUNCTION = f, LEFTARG = int, RIGHTARG = int); SELECT 1 @@@ 2`,
  ),
  way(
    'prefix operator',
    m => `${m('f', 'int', 'int', '1')} CREATE OPERATOR @@@ (FUNCTION = f, RIGHTARG = int); SELECT @@@ 2`,
  ),
  way(
    'OPERATOR()',
    m =>
      `${m('f', 'int, int', 'int', '1')} CREATE OPERATOR @@@ (FUNCTION = f, LEFTARG = int, RIGHTARG = int); SELECT 1 OPERATOR(public.@@@) 2`,
  ),
  way(
    'operator of the server’s name',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c, c', 'boolean', 'true')} CREATE OPERATOR = (FUNCTION = f, LEFTARG = c, RIGHTARG = c); SELECT ROW(1)::c = ROW(2)::c`,
  ),
  way(
    'ANY',
    m =>
      `${m('f', 'int, int', 'boolean', 'true')} CREATE OPERATOR @@@ (FUNCTION = f, LEFTARG = int, RIGHTARG = int); SELECT 1 @@@ ANY (ARRAY[1])`,
  ),
  way(
    'aggregate',
    m =>
      `${m('f', 'int, int', 'int', '1')} CREATE AGGREGATE ag(int) (SFUNC = f, STYPE = int, INITCOND = '0'); SELECT ag(1)`,
  ),
  way(
    'FINALFUNC',
    m =>
      `${m('f', 'int', 'int', '1')} CREATE AGGREGATE ag(int) (SFUNC = int4pl, STYPE = int, FINALFUNC = f, INITCOND = '0'); SELECT ag(a) FROM z`,
  ),
  way(
    'window',
    m =>
      `${m('f', 'int, int', 'int', '1')} CREATE AGGREGATE ag(int) (SFUNC = f, STYPE = int, INITCOND = '0'); SELECT ag(a) OVER () FROM z`,
  ),
  way(
    'explicit cast',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c', 'text', "'a'")} CREATE CAST (c AS text) WITH FUNCTION f(c); SELECT ROW(1)::c::text`,
  ),
  way(
    'assignment cast',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c', 'int', '1')} CREATE CAST (c AS int) WITH FUNCTION f(c) AS ASSIGNMENT; INSERT INTO z (a) VALUES (ROW(1)::c)`,
  ),
  way(
    'implicit cast',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c', 'int', '1')} CREATE CAST (c AS int) WITH FUNCTION f(c) AS IMPLICIT; SELECT abs(ROW(1)::c)`,
  ),
  way('domain', m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); SELECT 1::d`),
  way(
    'domain of a column',
    m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); CREATE TABLE y (i d); INSERT INTO y VALUES (1)`,
  ),
  way(
    'domain of a variable',
    m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); DO $do$ DECLARE i d := 1; BEGIN END $do$`,
  ),
  way(
    'ALTER DOMAIN ADD',
    m =>
      `${b(m)} CREATE DOMAIN d AS int; CREATE TABLE y (i d); INSERT INTO y VALUES (1); ALTER DOMAIN d ADD CHECK (f(VALUE))`,
  ),
  way(
    'ALTER DOMAIN VALIDATE',
    () => 'ALTER DOMAIN d VALIDATE CONSTRAINT k',
    m =>
      `${b(m)} CREATE DOMAIN d AS int; CREATE TABLE y (i d); INSERT INTO y VALUES (1); ALTER DOMAIN d ADD CONSTRAINT k CHECK (f(VALUE)) NOT VALID;`,
  ),
  way(
    'domain DEFAULT',
    m => `${f(m)} CREATE DOMAIN d AS int DEFAULT f(); CREATE TABLE y (i d, k int); INSERT INTO y (k) VALUES (1)`,
  ),
  way('DEFAULT', m => `${f(m)} CREATE TABLE y (i int DEFAULT f(), k int); INSERT INTO y (k) VALUES (1)`),
  way('DEFAULT VALUES', m => `${f(m)} CREATE TABLE y (i int DEFAULT f()); INSERT INTO y DEFAULT VALUES`),
  way('DEFAULT written', m => `${f(m)} CREATE TABLE y (i int DEFAULT f()); INSERT INTO y (i) VALUES (DEFAULT)`),
  way(
    'DEFAULT of the history',
    () => 'INSERT INTO z (b) VALUES (3)',
    m => `${f(m)} ALTER TABLE z ALTER COLUMN a SET DEFAULT f();`,
  ),
  way('UPDATE SET DEFAULT', m => `${f(m)} ALTER TABLE z ALTER COLUMN a SET DEFAULT f(); UPDATE z SET a = DEFAULT`),
  way('ADD COLUMN DEFAULT', m => `${f(m)} ALTER TABLE z ADD COLUMN c int DEFAULT f()`),
  way(
    'ADD COLUMN of a domain',
    m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); ALTER TABLE z ADD COLUMN c d DEFAULT 1`,
  ),
  way('CHECK on INSERT', m => `${b(m)} CREATE TABLE y (i int CHECK (f(i))); INSERT INTO y VALUES (1)`),
  way(
    'CHECK on UPDATE',
    () => 'UPDATE z SET b = 2',
    m => `${b(m)} ALTER TABLE z ADD CHECK (f(a)) NOT VALID;`,
  ),
  way('ADD CHECK', m => `${b(m)} ALTER TABLE z ADD CHECK (f(a))`),
  way(
    'VALIDATE',
    m => `${b(m)} ALTER TABLE z ADD CONSTRAINT k CHECK (f(a)) NOT VALID; ALTER TABLE z VALIDATE CONSTRAINT k`,
  ),
  way('USING', m => `${g(m)} ALTER TABLE z ALTER COLUMN a TYPE bigint USING g(a)`),
  way('ADD COLUMN GENERATED', m => `${g(m)} ALTER TABLE z ADD COLUMN c int GENERATED ALWAYS AS (g(a)) STORED`),
  way(
    'GENERATED on INSERT',
    m => `${g(m)} CREATE TABLE y (a int, c int GENERATED ALWAYS AS (g(a)) STORED); INSERT INTO y VALUES (1)`,
  ),
  way(
    'GENERATED on UPDATE',
    m => `${orReplace(g(m))} UPDATE y SET a = 2`,
    () => `${HARMLESS} CREATE TABLE y (a int, c int GENERATED ALWAYS AS (g(a)) STORED); INSERT INTO y VALUES (1);`,
  ),
  way('view', m => `${f(m)} CREATE VIEW v AS SELECT f(); SELECT * FROM v`),
  way(
    'view of a view',
    m => `${f(m)} CREATE VIEW v AS SELECT f() AS i; CREATE VIEW w AS SELECT i FROM v; SELECT * FROM w`,
  ),
  way(
    'view of the history',
    () => 'INSERT INTO z (a) SELECT i FROM v',
    m => `${f(m)} CREATE VIEW v AS SELECT f() AS i;`,
  ),
  way('materialized view', m => `${f(m)} CREATE MATERIALIZED VIEW v AS SELECT f()`),
  way('REFRESH', m => `${f(m)} CREATE MATERIALIZED VIEW v AS SELECT f() WITH NO DATA; REFRESH MATERIALIZED VIEW v`),
  way(
    'REFRESH of the history',
    () => 'REFRESH MATERIALIZED VIEW v',
    m => `${f(m)} CREATE VIEW u AS SELECT f() AS i; CREATE MATERIALIZED VIEW v AS SELECT i FROM u WITH NO DATA;`,
  ),
  way('CREATE TABLE AS', m => `${f(m)} CREATE TABLE y AS SELECT f()`),
  way('SELECT INTO', m => `${f(m)} SELECT f() AS i INTO y`),
  way('cursor', m => `${f(m)} DECLARE c CURSOR FOR SELECT f(); FETCH c`),
  way('COPY TO', m => `${f(m)} COPY (SELECT f()) TO STDOUT`),
  way('EXPLAIN ANALYZE', m => `${f(m)} EXPLAIN ANALYZE SELECT f()`),
  way('PREPARE', m => `${f(m)} PREPARE q AS SELECT f(); EXECUTE q`),
  way(
    'trigger BEFORE',
    m =>
      `${trigger(m)} CREATE TRIGGER t BEFORE INSERT ON z FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'trigger of a statement',
    m => `${trigger(m, 'NULL')} CREATE TRIGGER t AFTER UPDATE ON z EXECUTE FUNCTION f(); UPDATE z SET b = 3`,
  ),
  way(
    'trigger of the history',
    () => 'UPDATE z SET b = 3',
    m => `${trigger(m)} CREATE TRIGGER t BEFORE UPDATE ON z FOR EACH ROW EXECUTE FUNCTION f();`,
  ),
  way(
    'trigger WHEN',
    m =>
      `${b(m)} CREATE FUNCTION n() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER t BEFORE INSERT ON z FOR EACH ROW WHEN (f(NEW.a)) EXECUTE FUNCTION n(); INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'trigger with transition table',
    m =>
      `${trigger(m, 'NULL')} CREATE TRIGGER t AFTER INSERT ON z REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f(); INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'constraint trigger',
    m =>
      `${trigger(m)} CREATE CONSTRAINT TRIGGER t AFTER INSERT ON z DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'INSTEAD OF',
    m =>
      `CREATE VIEW v AS SELECT 1 AS i; ${trigger(m)} CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO v VALUES (2)`,
  ),
  way(
    'trigger below a view',
    m =>
      `CREATE VIEW v AS SELECT * FROM z; ${trigger(m)} CREATE TRIGGER t BEFORE INSERT ON z FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO v VALUES (2, 2)`,
  ),
  way(
    'trigger of a partition',
    m =>
      `${trigger(m)} CREATE TRIGGER t BEFORE INSERT ON cut_1 FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO cut VALUES (2, 2)`,
  ),
  way(
    'trigger above a partition',
    m =>
      `${trigger(m)} CREATE TRIGGER t BEFORE INSERT ON cut FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO cut_1 VALUES (2, 2)`,
  ),
  way(
    'trigger behind a foreign key',
    m =>
      `${trigger(m, 'OLD')} CREATE TRIGGER t BEFORE DELETE ON child FOR EACH ROW EXECUTE FUNCTION f(); DELETE FROM parent WHERE id = 1`,
  ),
  way(
    'trigger on TRUNCATE',
    m => `${trigger(m, 'NULL')} CREATE TRIGGER t BEFORE TRUNCATE ON y EXECUTE FUNCTION f(); TRUNCATE y`,
    () => 'CREATE TABLE y (i int);',
  ),
  way(
    'trigger by a trigger',
    m =>
      `${trigger(m)} CREATE TRIGGER t BEFORE INSERT ON z FOR EACH ROW EXECUTE FUNCTION f(); CREATE FUNCTION n() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO z VALUES (5, 5); RETURN NEW; END'; CREATE TRIGGER u BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION n(); INSERT INTO customers (email) VALUES ('a')`,
  ),
  way('rule', m => `${f(m)} CREATE RULE r AS ON INSERT TO z DO ALSO SELECT f(); INSERT INTO z VALUES (2, 2)`),
  way('rule INSTEAD', m => `${f(m)} CREATE RULE r AS ON UPDATE TO z DO INSTEAD SELECT f(); UPDATE z SET a = 2`),
  way(
    'condition of a rule',
    m => `${b(m)} CREATE RULE r AS ON INSERT TO z WHERE f(NEW.a) DO INSTEAD NOTHING; INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'rule of a view',
    m => `${f(m)} CREATE VIEW v AS SELECT 1 AS i; CREATE RULE r AS ON DELETE TO v DO INSTEAD SELECT f(); DELETE FROM v`,
  ),
  way('index expression', m => `${g(m)} CREATE INDEX ON z (g(a))`),
  way('index predicate', m => `${m('g', 'x int', 'boolean', 'true', 'IMMUTABLE')} CREATE INDEX ON z (a) WHERE g(a)`),
  way('index on INSERT', m => `${g(m)} CREATE TABLE y (i int); CREATE INDEX ON y (g(i)); INSERT INTO y VALUES (1)`),
  way(
    'REINDEX',
    m => `${orReplace(g(m))} REINDEX TABLE z`,
    () => `${HARMLESS} CREATE INDEX k ON z (g(a));`,
  ),
  way('ANALYZE', m => `${g(m)} CREATE TABLE y (i int); CREATE INDEX ON y (g(i)); INSERT INTO y VALUES (1); ANALYZE y`),
  way(
    'EXCLUDE',
    m =>
      `${m('f', 'int, int', 'boolean', 'false')} ${g(m)} CREATE TABLE y (i int, EXCLUDE USING btree (g(i) WITH =)); INSERT INTO y VALUES (1)`,
  ),
  way(
    'policy',
    m =>
      `${b(m)} CREATE POLICY p ON z USING (f(a)); ALTER TABLE z ENABLE ROW LEVEL SECURITY; ALTER TABLE z FORCE ROW LEVEL SECURITY; CREATE ROLE calls_r; GRANT ALL ON z, orders TO calls_r; ALTER TABLE orders OWNER TO calls_r; SET LOCAL ROLE calls_r; SELECT * FROM z`,
  ),
  way(
    'operator class',
    m =>
      `${m('f', 'int, int', 'int', '0', 'IMMUTABLE')} CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 f(int, int); CREATE TABLE y (i int); INSERT INTO y VALUES (1), (2); CREATE INDEX ON y (i oc)`,
  ),
  way(
    'operator class of an index on a table of the history',
    () => 'CREATE INDEX ON z (a oc)',
    m => `${operatorClass(m)} INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'operator class of an expression in an index',
    () => 'CREATE INDEX ON z ((a + 1) oc)',
    m => `${operatorClass(m)} INSERT INTO z VALUES (2, 2)`,
  ),
  way(
    'operator class of an exclusion',
    () => 'ALTER TABLE z ADD EXCLUDE USING btree (a oc WITH =)',
    m => `${operatorClass(m)} INSERT INTO z VALUES (2, 2)`,
  ),
  ...['UNIQUE (v)', 'PRIMARY KEY (v)'].map(key =>
    way(
      `default operator class of ${key}`,
      () => `ALTER TABLE k ADD ${key}`,
      m => `${compositeClass(m)} CREATE TABLE k (v c); INSERT INTO k VALUES (ROW(1)), (ROW(2))`,
    ),
  ),
  way(
    'default operator class of an index',
    () => 'CREATE INDEX ON k (v)',
    m => `${compositeClass(m)} CREATE TABLE k (v c); INSERT INTO k VALUES (ROW(1)), (ROW(2))`,
  ),
  way(
    'default operator class of an expression',
    () => 'CREATE INDEX ON k (coalesce(v, v))',
    m => `${compositeClass(m)} CREATE TABLE k (v c); INSERT INTO k VALUES (ROW(1)), (ROW(2))`,
  ),
  way(
    'partition key',
    m =>
      `${g(m)} CREATE TABLE y (i int) PARTITION BY RANGE (g(i)); CREATE TABLE y_1 PARTITION OF y DEFAULT; INSERT INTO y VALUES (1)`,
  ),
  way(
    'partition bound',
    m => `${f(m)} CREATE TABLE y (i int) PARTITION BY LIST (i); CREATE TABLE y_1 PARTITION OF y FOR VALUES IN (f())`,
  ),
  way('statistics', m => `${g(m)} CREATE STATISTICS st ON g(a), b FROM z; ANALYZE z`),
  way(
    'event trigger',
    m =>
      `${m('f', '', 'event_trigger', '')} CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f(); CREATE TABLE y (i int)`,
  ),
  way(
    'event trigger with tags',
    m =>
      `${m('f', '', 'event_trigger', '')} CREATE EVENT TRIGGER e ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f(); CREATE TABLE y (i int)`,
  ),
  way(
    'event trigger of the history',
    () => 'CREATE TABLE y (i int)',
    m =>
      `${m('f', '', 'event_trigger', '')} CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f();`,
  ),
  way(
    'event trigger sql_drop',
    m =>
      `${m('f', '', 'event_trigger', '')} CREATE TABLE y (i int); CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f(); DROP TABLE y`,
  ),
  way(
    'event trigger table_rewrite',
    m =>
      `${m('f', '', 'event_trigger', '')} CREATE EVENT TRIGGER e ON table_rewrite EXECUTE FUNCTION f(); ALTER TABLE z ALTER COLUMN a TYPE bigint`,
  ),
  way('query_to_xml', m => `${f(m)} SELECT query_to_xml('select f()', true, true, '')`),
  way('query_to_xml joined', m => `${f(m)} SELECT query_to_xml('sel' || 'ect f()', true, true, '')`),
  way('table_to_xml', m => `${f(m)} CREATE VIEW v AS SELECT f(); SELECT table_to_xml('v', true, true, '')`),
  way('cursor_to_xml', m => `${f(m)} DECLARE c CURSOR FOR SELECT f(); SELECT cursor_to_xml('c', 1, true, true, '')`),
  way('ts_stat', m => `${f(m)} SELECT * FROM ts_stat('select f()::text::tsvector')`),
  way('ts_rewrite', m => `${f(m)} SELECT ts_rewrite('a'::tsquery, 'select ''a''::tsquery, (f() || '''')::tsquery')`),
  way(
    'validator of a foreign data wrapper',
    m => `${m('f', 'text[], oid', 'void', '')} CREATE FOREIGN DATA WRAPPER w VALIDATOR f`,
  ),
  way('nested blocks', m => `${f(m)} DO $do$ BEGIN ${'BEGIN '.repeat(60)} PERFORM f(); ${'END; '.repeat(60)} END $do$`),
  way('view of CREATE SCHEMA', m => `${f(m)} CREATE SCHEMA s CREATE VIEW v AS SELECT public.f(); SELECT * FROM s.v`),
  way(
    'SET DEFAULT of a foreign key',
    m =>
      `${m('f', '', 'int', '7')} ALTER TABLE child ALTER COLUMN parent_id SET DEFAULT f(); DELETE FROM parent WHERE id = 1`,
    () =>
      'ALTER TABLE child DROP CONSTRAINT child_parent_id_fkey, ADD FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED; INSERT INTO parent VALUES (7);',
  ),
  way(
    'default of a view',
    m =>
      `${f(m)} CREATE VIEW v AS SELECT a, b FROM z; ALTER VIEW v ALTER COLUMN a SET DEFAULT f(); INSERT INTO v (b) VALUES (1)`,
  ),
  way(
    'WITH CHECK OPTION',
    m => `${b(m)} CREATE VIEW v AS SELECT a FROM z WHERE f(a) WITH CHECK OPTION; INSERT INTO v VALUES (1)`,
  ),
  way('WHERE of a view', m => `${b(m)} CREATE VIEW v AS SELECT a FROM z WHERE f(a); DELETE FROM v WHERE a = 1`),
  way(
    'equality of DISTINCT',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c, c', 'boolean', 'false', 'IMMUTABLE')} CREATE FUNCTION lt(c, c) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a < $2.a'; CREATE FUNCTION cmp(c, c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a - $2.a'; CREATE OPERATOR = (FUNCTION = f, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR < (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR <= (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR > (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR >= (FUNCTION = lt, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR CLASS oc DEFAULT FOR TYPE c USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp(c, c); SELECT DISTINCT v FROM (VALUES (ROW(1)::c), (ROW(1)::c)) AS t (v)`,
  ),
  way(
    'CASE by an operator',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c, c', 'boolean', 'true')} CREATE OPERATOR = (FUNCTION = f, LEFTARG = c, RIGHTARG = c); SELECT CASE ROW(1)::c WHEN ROW(2)::c THEN 1 END`,
  ),
  way(
    'BETWEEN',
    m =>
      `CREATE TYPE c AS (a int); ${m('f', 'c, c', 'boolean', 'true')} CREATE OPERATOR >= (FUNCTION = f, LEFTARG = c, RIGHTARG = c); CREATE OPERATOR <= (FUNCTION = f, LEFTARG = c, RIGHTARG = c); SELECT ROW(1)::c BETWEEN ROW(2)::c AND ROW(2)::c`,
  ),
  way('temporary function', m => `${m('pg_temp.f', '', 'int', '1')} SELECT pg_temp.f()`),
  way('function made by DO', m => `DO $do$ BEGIN ${f(m)} PERFORM f(); END $do$`),
  way(
    'function made by a function',
    m => `CREATE FUNCTION h() RETURNS int LANGUAGE plpgsql AS $h$ BEGIN ${f(m)} RETURN f(); END $h$; SELECT h()`,
  ),
  way('ROWS FROM', m => `${f(m)} SELECT * FROM ROWS FROM (f())`),
  way('TABLE', m => `${f(m)} CREATE VIEW v AS SELECT f(); TABLE v`),
  way(
    'INHERITS',
    m =>
      `${f(m)} CREATE TABLE y (i int DEFAULT f(), k int); CREATE TABLE x () INHERITS (y); INSERT INTO x (k) VALUES (1)`,
  ),
  way(
    'LIKE INCLUDING',
    m =>
      `${f(m)} CREATE TABLE y (i int DEFAULT f(), k int); CREATE TABLE x (LIKE y INCLUDING ALL); INSERT INTO x (k) VALUES (1)`,
  ),
  way(
    'domain over a domain',
    m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); CREATE DOMAIN e AS d; SELECT 1::e`,
  ),
  way('array of a domain', m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); SELECT '{1}'::d[]`),
  way(
    'composite with a domain',
    m => `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); CREATE TYPE c AS (a d); SELECT ROW(1)::c`,
  ),
  way(
    'json_populate_record',
    m =>
      `${b(m)} CREATE DOMAIN d AS int CHECK (f(VALUE)); CREATE TYPE c AS (a d); SELECT * FROM json_populate_record(NULL::c, '{"a": 1}')`,
  ),
  way('FILTER', m => `${b(m)} SELECT count(*) FILTER (WHERE f(a)) FROM z`),
  way('TABLESAMPLE', m => `${m('f', '', 'int', '100')} SELECT * FROM z TABLESAMPLE bernoulli (f())`),
  way('JOIN ON', m => `${b(m)} SELECT 1 FROM z JOIN parent p ON f(p.id)`),
  way(
    'search_path by set_config',
    m =>
      `CREATE SCHEMA s; CREATE TABLE s.orders (id int); ${m('h', '', 'int', '1')} CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $k$ BEGIN PERFORM set_config('search_path', 'public', true); RETURN public.h(); END $k$; SET LOCAL search_path = s, public; SELECT public.f()`,
  ),
  way(
    'refcursor',
    m =>
      `${f(m)} CREATE FUNCTION h() RETURNS refcursor LANGUAGE plpgsql AS $h$ DECLARE c refcursor := 'k'; BEGIN OPEN c FOR SELECT f(); RETURN c; END $h$; SELECT h(); FETCH k`,
  ),
  way(
    'handler of an exception',
    m => `${f(m)} DO $do$ BEGIN PERFORM 1 / 0; EXCEPTION WHEN others THEN PERFORM f(); END $do$`,
  ),
  way(
    'COPY FROM',
    m => `${trigger(m, 'NULL')} CREATE TRIGGER t BEFORE INSERT ON z EXECUTE FUNCTION f(); COPY z FROM '/dev/null'`,
  ),
];

const make2 = (m: Make): string =>
  `${m('f', 'text', 'int', '1')} CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';`;

/** What the function does; the last is put together of what only a server knows. */
export const BODIES: Readonly<Record<string, string>> = {
  TRUNCATE: 'TRUNCATE orders',
  DELETE: 'DELETE FROM orders',
  DROP: 'DROP TABLE orders CASCADE',
  EXECUTE: "EXECUTE 'TRUNC' || 'ATE ' || quote_ident('orders')",
  'EXECUTE at run time':
    "EXECUTE 'TRUNCATE ' || (SELECT relname FROM pg_class WHERE relname = 'orders' AND relnamespace = 'public'::regnamespace)",
};

const routine = (name: string, args: string, returns: string, does: string, options = ''): string =>
  `CREATE FUNCTION ${name}(${args}) RETURNS ${returns} LANGUAGE plpgsql ${options} AS $f$ BEGIN ${does} END $f$;`;

/** A function that is not volatile may not do it itself: another does it for it. */
export const maker =
  (body: string): Make =>
  (name, args, returns, value, options = '') =>
    options.includes('IMMUTABLE')
      ? orReplace(routine('deed', '', 'int', `${body}; RETURN 1;`, 'SET search_path = public')) +
        routine(name, args, returns, `PERFORM public.deed(); RETURN ${value};`, options)
      : routine(name, args, returns, `${body}; RETURN ${value};`, options);

const orReplace = (sql: string): string => sql.replaceAll('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION');
const HARMLESS = "CREATE FUNCTION g(x int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN x; END';";
