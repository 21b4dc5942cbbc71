import { constant, type Picks } from '../picks.ts';
import { as, open, veiled, type Kind, type Wrapper } from '../work.ts';

type Write = (e: string, p: Picks) => string | readonly [sql: string, before: readonly string[]];

/** From an expression to what evaluates it. */
const call = (id: string, kind: Kind, write: Write): Wrapper =>
  open(id, ['expression'], (work, p) => {
    const written = write(work.sql, p);
    const [sql, before] = typeof written === 'string' ? [written, []] : written;
    return as(work, kind, sql, before);
  });

/** A function of `args` that evaluates the expression; `how` is its volatility. */
const calling = (f: string, args: string, e: string, p: Picks, how = ''): string =>
  `CREATE FUNCTION ${f}(${args}) RETURNS int LANGUAGE plpgsql ${how} AS ${p.dollar(` BEGIN RETURN ${e}; END `)}`;

const QUERIES: readonly ((e: string) => string)[] = [
  e => `SELECT ${e}`,
  e => `SELECT 1 WHERE ${e} > 0`,
  e => `SELECT id FROM settings WHERE id = 1 AND ${e} > 0`,
  e => `SELECT id FROM settings ORDER BY ${e}, id`,
  e => `SELECT id FROM settings LIMIT ${e}`,
  e => `SELECT CASE WHEN ${e} > 0 THEN 1 ELSE 2 END`,
  e => `VALUES (1, ${e})`,
  e => `SELECT * FROM generate_series(1, ${e}) g`,
  e => `WITH a AS MATERIALIZED (SELECT ${e} AS x) SELECT x FROM a`,
  e => `SELECT s.id, l.x FROM settings s CROSS JOIN LATERAL (SELECT ${e} AS x OFFSET 0) l`,
  e => `SELECT count(*) FROM settings GROUP BY value HAVING ${e} > 0`,
  e => `SELECT sum(id) FILTER (WHERE ${e} > 0) FROM settings`,
  e => `SELECT coalesce(NULL, ${e}), nullif(1, 2)`,
  e => `SELECT (ARRAY[1, 2, 3])[${e}]`,
  e => `SELECT 1 UNION ALL SELECT ${e}`,
  e => `SELECT EXISTS (SELECT 1 WHERE ${e} = 1)`,
  e => `SELECT max(${e}) OVER () FROM settings`,
  e => `SELECT format('%s', ${e})`,
  e => `SELECT * FROM settings s JOIN notes n ON n.id = s.id AND ${e} > 0`,
  e => `SELECT ROW(1, ${e})`,
  e => `SELECT 1 IN (SELECT ${e})`,
];

/** Where an expression may stand. */
export const CALLS: readonly Wrapper[] = [
  call('select', 'query', (e, p) => p.one(QUERIES)(e)),
  call('insert-value', 'dml', (e, p) =>
    p.one([
      `INSERT INTO notes (id) VALUES (${e})`,
      `INSERT INTO notes (id) SELECT ${e}`,
      `INSERT INTO settings (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET value = (${e})::text`,
    ]),
  ),
  call('update-value', 'dml', (e, p) =>
    p.one([
      `UPDATE notes SET body = (${e})::text WHERE id = 1`,
      `UPDATE settings SET value = 'x' WHERE id = 1 AND ${e} > 0`,
      `UPDATE settings SET (value) = ROW((${e})::text) WHERE id = 2`,
    ]),
  ),
  call('delete-condition', 'dml', e => `DELETE FROM notes WHERE id = 1 AND ${e} > 5`),
  call(
    'merge',
    'dml',
    e =>
      `MERGE INTO settings s USING (SELECT 1 AS id) n ON s.id = n.id WHEN MATCHED THEN UPDATE SET value = (${e})::text`,
  ),
  call('insert-default', 'dml', e => [
    "INSERT INTO notes (body) VALUES ('x')",
    [`ALTER TABLE notes ALTER COLUMN id SET DEFAULT ${e}`],
  ]),
  call('new-default', 'dml', (e, p) => {
    const t = p.name('fresh');
    return [`INSERT INTO ${t} DEFAULT VALUES`, [`CREATE TABLE ${t} (id int DEFAULT ${e})`]];
  }),
  call('like-default', 'dml', (e, p) => {
    const t = p.name('fresh');
    return [
      `INSERT INTO ${t}_b (body) VALUES ('x')`,
      [`CREATE TABLE ${t} (id int DEFAULT ${e}, body text)`, `CREATE TABLE ${t}_b (LIKE ${t} INCLUDING ALL)`],
    ];
  }),
  call('view-default', 'dml', (e, p) => {
    const v = p.name('v');
    return [
      `INSERT INTO ${v} (body) VALUES ('x')`,
      [`CREATE VIEW ${v} AS SELECT id, body FROM notes`, `ALTER VIEW ${v} ALTER COLUMN id SET DEFAULT ${e}`],
    ];
  }),
  call('add-column', 'utility', (e, p) => `ALTER TABLE notes ADD COLUMN ${p.name('c')} int DEFAULT ${e}`),
  call('check', 'utility', (e, p) => `ALTER TABLE notes ADD CONSTRAINT ${p.name('c')} CHECK (${e} > 0)`),
  call('check-validated', 'utility', (e, p) => {
    const c = p.name('c');
    return [
      `ALTER TABLE notes VALIDATE CONSTRAINT ${c}`,
      [`ALTER TABLE notes ADD CONSTRAINT ${c} CHECK (${e} > 0) NOT VALID`],
    ];
  }),
  call('check-new-row', 'dml', (e, p) => {
    const t = p.name('fresh');
    return [`INSERT INTO ${t} VALUES (1)`, [`CREATE TABLE ${t} (id int CHECK (${e} > 0))`]];
  }),
  call('retype-using', 'utility', (e, p) => {
    const c = p.name('c');
    return [`ALTER TABLE notes ALTER COLUMN ${c} TYPE bigint USING ${e}`, [`ALTER TABLE notes ADD COLUMN ${c} int`]];
  }),
  call('domain', 'expression', (e, p) => {
    const d = p.name('d');
    return [
      p.one([`CAST(1 AS ${d})::int`, `(1::${d})::int`, `('1'::${d})::int`]),
      [`CREATE DOMAIN ${d} AS int CHECK (${e} > 0)`],
    ];
  }),
  call('domain-default', 'dml', (e, p) => {
    const [d, t] = [p.name('d'), p.name('fresh')];
    return [
      `INSERT INTO ${t} (body) VALUES ('x')`,
      [`CREATE DOMAIN ${d} AS int DEFAULT ${e}`, `CREATE TABLE ${t} (id ${d}, body text)`],
    ];
  }),
  call('domain-checked', 'utility', (e, p) => {
    const d = p.name('d');
    return [
      `ALTER DOMAIN ${d} ADD CHECK (${e} > 0)`,
      [`CREATE DOMAIN ${d} AS int`, `ALTER TABLE notes ADD COLUMN ${d}_c ${d} DEFAULT 1`],
    ];
  }),
  call('view', 'expression', (e, p) => {
    const v = p.name('v');
    const how = p.one([`CREATE VIEW ${v} AS SELECT ${e} AS x`, `CREATE VIEW ${v} (x) AS VALUES (${e})`]);
    return [p.one([`(SELECT x FROM ${v})`, `(SELECT max(x) FROM ${v})`]), [how]];
  }),
  call('view-of-view', 'query', (e, p) => {
    const v = p.name('v');
    return [
      p.one([`TABLE ${v}_b`, `SELECT * FROM ${v}_b`]),
      [`CREATE VIEW ${v} AS SELECT ${e} AS x`, `CREATE VIEW ${v}_b AS SELECT x FROM ${v} WHERE x > 0`],
    ];
  }),
  call('materialized-view', 'utility', (e, p) => `CREATE MATERIALIZED VIEW ${p.name('m')} AS SELECT ${e} AS x`),
  call('refreshed-view', 'utility', (e, p) => {
    const m = p.name('m');
    return [`REFRESH MATERIALIZED VIEW ${m}`, [`CREATE MATERIALIZED VIEW ${m} AS SELECT ${e} AS x WITH NO DATA`]];
  }),
  call('create-as', 'utility', (e, p) =>
    p.one([
      `CREATE TABLE ${p.name('fresh')} AS SELECT ${e} AS x`,
      `CREATE TEMP TABLE ${p.name('fresh')} AS SELECT ${e} AS x`,
      `CREATE TABLE IF NOT EXISTS ${p.name('fresh')} AS VALUES (${e})`,
    ]),
  ),
  call('select-into', 'top', (e, p) => `SELECT ${e} AS x INTO ${p.name('fresh')}`),
  veiled('copy', ['expression'], (work, p) => {
    const to = p.one(["'/dev/null'", "PROGRAM 'cat > /dev/null'"]);
    return as(work, 'utility', `COPY (SELECT ${work.sql}) TO ${to}`);
  }),
  call('copy-stdout', 'top', e => `COPY (SELECT ${e}) TO STDOUT`),
  call('cursor', 'top', (e, p) => {
    const c = p.name('c');
    return p.one([
      [`FETCH ALL FROM ${c}`, [`DECLARE ${c} CURSOR FOR SELECT ${e}`]] as const,
      [`DECLARE ${c} CURSOR WITH HOLD FOR SELECT ${e}`, []] as const,
      [`MOVE FORWARD 1 FROM ${c}`, [`DECLARE ${c} CURSOR WITH HOLD FOR SELECT ${e}`]] as const,
    ]);
  }),
  call('plpgsql-cursor', 'plpgsql', (e, p) => {
    const c = p.name('c');
    return `DECLARE ${c} CURSOR FOR SELECT ${e}; BEGIN OPEN ${c}; MOVE NEXT FROM ${c}; CLOSE ${c}; END;`;
  }),
  call('plpgsql-variable', 'plpgsql', (e, p) => {
    const v = p.name('v');
    return p.one([
      `DECLARE ${v} int := ${e}; BEGIN NULL; END;`,
      `DECLARE ${v} int; BEGIN ${v} := ${e}; END;`,
      `DECLARE ${v} int; BEGIN SELECT ${e} INTO ${v}; END;`,
      `RAISE NOTICE '%', ${e};`,
      `RAISE NOTICE USING MESSAGE = (${e})::text;`,
      `DECLARE ${v} int[] := '{1, 2}'; BEGIN ${v}[${e}] := 2; END;`,
      `DECLARE ${v} CURSOR (n int) FOR SELECT n; BEGIN OPEN ${v}(${e}); END;`,
      `DECLARE ${v} int := 0; BEGIN ${v} = ${v} + ${e}; END;`,
      `FOR i IN 1..2 BY ${e} LOOP NULL; END LOOP;`,
      `ASSERT ${e} > 0;`,
      `WHILE ${e} < 0 LOOP NULL; END LOOP;`,
      `FOR i IN 1..${e} LOOP NULL; END LOOP;`,
      `CASE ${e} WHEN 1 THEN NULL; ELSE NULL; END CASE;`,
      `LOOP EXIT WHEN ${e} > 0; END LOOP;`,
      `EXECUTE 'SELECT $1' USING ${e};`,
    ]);
  }),
  call('operator', 'expression', (e, p) => {
    const [f, sign] = [p.name('f'), p.one(['###', '<~>', '|+|'])];
    return [
      p.one([`(1 ${sign} 2)`, `(1 OPERATOR(public.${sign}) 2)`]),
      [calling(f, 'a int, b int', e, p), `CREATE OPERATOR ${sign} (FUNCTION = ${f}, LEFTARG = int, RIGHTARG = int)`],
    ];
  }),
  call('prefix-operator', 'expression', (e, p) => {
    const f = p.name('f');
    return ['(@#@ 5)', [calling(f, 'a int', e, p), `CREATE OPERATOR @#@ (PROCEDURE = ${f}, RIGHTARG = int)`]];
  }),
  call('aggregate', 'expression', (e, p) => {
    const f = p.name('f');
    return p.one([
      [
        `(SELECT ${f}_a(x) FROM (VALUES (1), (2)) t (x))`,
        [calling(f, 'a int, b int', e, p), `CREATE AGGREGATE ${f}_a(int) (SFUNC = ${f}, STYPE = int, INITCOND = '0')`],
      ],
      [
        `(SELECT ${f}_a(1))`,
        [
          calling(f, 'a int', e, p),
          `CREATE AGGREGATE ${f}_a(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0', FINALFUNC = ${f})`,
        ],
      ],
    ] as const);
  }),
  call('cast', 'expression', (e, p) => {
    const f = p.name('f');
    return [
      p.one([`(ROW(1)::${f}_t)::int`, `CAST(ROW(1)::${f}_t AS int)`]),
      [
        `CREATE TYPE ${f}_t AS (x int)`,
        calling(f, `a ${f}_t`, e, p),
        `CREATE CAST (${f}_t AS int) WITH FUNCTION ${f}(${f}_t)`,
      ],
    ];
  }),
  call('implicit-cast', 'dml', (e, p) => {
    const f = p.name('f');
    return [
      `INSERT INTO notes (id) VALUES (ROW(1)::${f}_t)`,
      [
        `CREATE TYPE ${f}_t AS (x int)`,
        calling(f, `a ${f}_t`, e, p),
        `CREATE CAST (${f}_t AS int) WITH FUNCTION ${f}(${f}_t) AS ASSIGNMENT`,
      ],
    ];
  }),
  call('cast-for-function', 'expression', (e, p) => {
    const f = p.name('f');
    return [
      `abs(ROW(1)::${f}_t)`,
      [
        `CREATE TYPE ${f}_t AS (x int)`,
        calling(f, `a ${f}_t`, e, p),
        `CREATE CAST (${f}_t AS int) WITH FUNCTION ${f}(${f}_t) AS IMPLICIT`,
      ],
    ];
  }),
  call('equality', 'query', (e, p) => {
    const f = p.name('f');
    const v = `ROW(1)::${f}_t`;
    return [
      p.one([
        `SELECT ${v} = ${v}`,
        `SELECT ${v} IN (${v})`,
        `SELECT CASE ${v} WHEN ${v} THEN 1 END`,
        `SELECT nullif(${v}, ${v})`,
        `SELECT ${v} = ANY (ARRAY[${v}])`,
      ]),
      [
        `CREATE TYPE ${f}_t AS (x int)`,
        `CREATE FUNCTION ${f}(a ${f}_t, b ${f}_t) RETURNS boolean LANGUAGE plpgsql AS ${p.dollar(` BEGIN RETURN ${e} > 0; END `)}`,
        `CREATE OPERATOR = (FUNCTION = ${f}, LEFTARG = ${f}_t, RIGHTARG = ${f}_t)`,
      ],
    ];
  }),
  call('row-argument', 'query', (e, p) => {
    const f = p.name('f');
    return [
      p.one([
        `SELECT ${f}(s.*) FROM settings s`,
        `SELECT ${f}(s) FROM settings s`,
        `SELECT settings.${f} FROM settings`,
      ]),
      [calling(f, 'a settings', e, p)],
    ];
  }),
  call('default-of-key', 'dml', (e, p) => {
    const t = p.name('fresh');
    return [
      `DELETE FROM ${t} WHERE id = 1`,
      [
        `CREATE TABLE ${t} (id int PRIMARY KEY)`,
        `INSERT INTO ${t} VALUES (1), (2)`,
        `CREATE TABLE ${t}_c (id int DEFAULT ${e} + 1 REFERENCES ${t} ON DELETE SET DEFAULT)`,
        `INSERT INTO ${t}_c VALUES (1)`,
      ],
    ];
  }),
  call('ordered-aggregate', 'query', (e, p) => {
    const f = p.name('f');
    return [
      `SELECT ${f}_a(x) OVER (ORDER BY x) FROM (VALUES (1), (2)) t (x)`,
      [calling(f, 'a int, b int', e, p), `CREATE AGGREGATE ${f}_a(int) (SFUNC = ${f}, STYPE = int, INITCOND = '0')`],
    ];
  }),
  call('check-option', 'dml', (e, p) => {
    const v = p.name('v');
    return [
      `INSERT INTO ${v} (id) VALUES (1)`,
      [`CREATE VIEW ${v} AS SELECT id, body FROM notes WHERE ${e} > 0 WITH CHECK OPTION`],
    ];
  }),
  call('attribute', 'expression', (e, p) => {
    const f = p.name('f');
    return [
      p.one([
        `(SELECT n.${f} FROM settings n LIMIT 1)`,
        `(SELECT (n).${f} FROM settings n LIMIT 1)`,
        `(SELECT (ROW(1, 'x')::settings).${f})`,
      ]),
      [calling(f, 'a settings', e, p)],
    ];
  }),
  call('index', 'utility', (e, p) => {
    const f = p.name('f');
    return [
      p.one([
        `CREATE INDEX ON notes (${f}(id))`,
        `CREATE INDEX ON notes (id) WHERE ${f}(id) > 0`,
        `CREATE UNIQUE INDEX ON settings (id, ${f}(id))`,
      ]),
      [calling(f, 'a int', e, p, 'IMMUTABLE')],
    ];
  }),
  call('reindex', 'utility', (e, p) => {
    const f = p.name('f');
    return [
      p.one([`REINDEX TABLE ${f}_t`, `REINDEX INDEX ${f}_i`, `INSERT INTO ${f}_t VALUES (1)`]),
      [
        `CREATE TABLE ${f}_t (id int)`,
        calling(f, 'a int', e, p, 'IMMUTABLE'),
        `CREATE INDEX ${f}_i ON ${f}_t (${f}(id))`,
      ],
    ];
  }),
  call('generated', 'utility', (e, p) => {
    const f = p.name('f');
    return [
      p.one([`ALTER TABLE notes ADD COLUMN ${f}_c int GENERATED ALWAYS AS (${f}(id)) STORED`]),
      [calling(f, 'a int', e, p, 'IMMUTABLE')],
    ];
  }),
  call('generated-row', 'dml', (e, p) => {
    const f = p.name('f');
    return [
      `INSERT INTO ${f}_t (id) VALUES (1)`,
      [
        calling(f, 'a int', e, p, 'IMMUTABLE'),
        `CREATE TABLE ${f}_t (id int, g int GENERATED ALWAYS AS (${f}(id)) STORED)`,
      ],
    ];
  }),
  call('partition-key', 'dml', (e, p) => {
    const f = p.name('f');
    return [
      `INSERT INTO ${f}_t (id) VALUES (1)`,
      [
        calling(f, 'a int', e, p, 'IMMUTABLE'),
        `CREATE TABLE ${f}_t (id int) PARTITION BY RANGE (${f}(id))`,
        `CREATE TABLE ${f}_d PARTITION OF ${f}_t DEFAULT`,
      ],
    ];
  }),
  call('policy', 'top', (e, p) => {
    const c = p.name('c');
    return [
      'SELECT count(*) FROM settings',
      [
        `CREATE POLICY ${c} ON settings USING (${e} > 0)`,
        'ALTER TABLE settings ENABLE ROW LEVEL SECURITY',
        'GRANT ALL ON ALL TABLES IN SCHEMA public, store TO app',
        'SET ROLE app',
      ],
    ];
  }),
  call('trigger-when', 'dml', (e, p) => {
    const f = p.name('f');
    return [
      'INSERT INTO notes (id) VALUES (7)',
      [
        `CREATE FUNCTION ${f}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
        `CREATE TRIGGER ${f} BEFORE INSERT ON notes FOR EACH ROW WHEN (${e} > 0) EXECUTE FUNCTION ${f}()`,
      ],
    ];
  }),
  call('prepared', 'top', (e, p) => {
    const c = p.name('c');
    return p.one([
      [`EXECUTE ${c}`, [`PREPARE ${c} AS SELECT ${e}`]] as const,
      [`EXECUTE ${c}(1)`, [`PREPARE ${c}(int) AS SELECT ${e} + $1`]] as const,
      [`EXECUTE ${c}(${e})`, [`PREPARE ${c}(int) AS SELECT $1`]] as const,
      [`CREATE TABLE ${c}_t AS EXECUTE ${c}`, [`PREPARE ${c} AS SELECT ${e} AS x`]] as const,
    ]);
  }),
  call('call-argument', 'utility', (e, p) => {
    const f = p.name('p');
    return [`CALL ${f}(${e})`, [`CREATE PROCEDURE ${f}(a int) LANGUAGE sql AS 'SELECT 1'`]];
  }),
  call('nested-argument', 'expression', (e, p) =>
    p.one([`abs(${e})`, `greatest(1, ${e})`, `(${e} + 1)`, `length((${e})::text)`, `(SELECT ${e})`]),
  ),
  call('explain', 'utility', (e, p) =>
    p.one([
      `EXPLAIN ANALYZE SELECT ${e}`,
      `EXPLAIN (ANALYZE, COSTS OFF) SELECT ${e}`,
      `EXPLAIN (ANALYZE true) CREATE TABLE ${p.name('fresh')} AS SELECT ${e} AS x`,
    ]),
  ),
  call('statistics', 'utility', (e, p) => {
    const f = p.name('f');
    return [
      'ANALYZE notes',
      [calling(f, 'a int', e, p, 'IMMUTABLE'), `CREATE STATISTICS ${f}_s ON (${f}(id)), body FROM notes`],
    ];
  }),
  call('attached-check', 'utility', (e, p) => {
    const f = p.name('f');
    return [
      `ALTER TABLE ${f}_w ATTACH PARTITION ${f}_p FOR VALUES IN (1)`,
      [
        calling(f, 'a int', e, p, 'IMMUTABLE'),
        `CREATE TABLE ${f}_w (id int) PARTITION BY LIST (${f}(id))`,
        `CREATE TABLE ${f}_p (id int)`,
        `INSERT INTO ${f}_p VALUES (1)`,
      ],
    ];
  }),
  call('sort-operator', 'query', (e, p) => {
    const f = p.name('f');
    return [
      `SELECT x FROM (VALUES (ROW(1)::${f}_t), (ROW(2)::${f}_t)) v (x) ORDER BY x`,
      [
        `CREATE TYPE ${f}_t AS (x int)`,
        calling(f, `a ${f}_t, b ${f}_t`, e, p, 'IMMUTABLE'),
        `CREATE FUNCTION ${f}_lt(a ${f}_t, b ${f}_t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'`,
        `CREATE OPERATOR <<# (FUNCTION = ${f}_lt, LEFTARG = ${f}_t, RIGHTARG = ${f}_t)`,
        `CREATE OPERATOR CLASS ${f}_ops DEFAULT FOR TYPE ${f}_t USING btree AS OPERATOR 1 <<#, FUNCTION 1 ${f}(${f}_t, ${f}_t)`,
      ],
    ];
  }),
  veiled('query-text', ['expression'], (work, p) =>
    as(
      work,
      'query',
      p.one([
        `SELECT query_to_xml(${constant(`SELECT ${work.sql}`)}, true, false, '')`,
        `SELECT query_to_xml_and_xmlschema(${constant(`SELECT ${work.sql}`)}, true, false, '')`,
        `SELECT database_to_xml(true, false, '') WHERE ${work.sql} > 0`,
        `SELECT ts_stat(${constant(`SELECT to_tsvector((${work.sql})::text)`)})`,
      ]),
    ),
  ),
];
