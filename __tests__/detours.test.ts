import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULTS } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';
import { run } from '../src/run.ts';
import { reportOf } from './helpers/run-cli.ts';

const BEFORE = `
  CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE);
  CREATE TYPE mood AS ENUM ('good', 'bad');
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total int, mood mood);
  ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON orders USING (total > 0);
  CREATE VIEW order_totals AS SELECT total FROM orders;`;

/** Statements of one message, unless the case says otherwise. What Postgres 15 did stands beside each. */
type Case = readonly [name: string, sql: string, expected: string, delivery?: string];

const TRUNCATED = 'error truncated-table';
const DELETED = 'error unbounded-delete';
const FAILS = 'error failing-statement';
const BLIND = 'blind';
const QUIET = '';

const NAMES: readonly Case[] = [
  ['a temporary table that is there', 'CREATE TEMP TABLE orders (id int); TRUNCATE orders', QUIET],
  ['DISCARD TEMP ends it', 'CREATE TEMP TABLE orders (id int); DISCARD TEMP; TRUNCATE orders', TRUNCATED],
  [
    'DISCARD ALL ends it',
    'CREATE TEMP TABLE orders (id int); DISCARD ALL; TRUNCATE orders',
    TRUNCATED,
    'per-statement',
  ],
  [
    'ON COMMIT DROP ends with the statement',
    'CREATE TEMP TABLE orders (id int) ON COMMIT DROP; TRUNCATE orders',
    TRUNCATED,
    'per-statement',
  ],
  [
    'ON COMMIT DROP lasts as long as the block',
    'CREATE TEMP TABLE orders (id int) ON COMMIT DROP; TRUNCATE orders',
    QUIET,
  ],
  [
    'ON COMMIT DROP of CREATE TABLE AS',
    'CREATE TEMP TABLE orders ON COMMIT DROP AS SELECT 1; COMMIT; TRUNCATE orders',
    TRUNCATED,
  ],
  ['ROLLBACK undoes it', 'BEGIN; CREATE TEMP TABLE orders (id int); ROLLBACK; TRUNCATE orders', TRUNCATED],
  [
    'a savepoint released into one that is rolled back',
    'BEGIN; SAVEPOINT a; SAVEPOINT b; CREATE TEMP TABLE orders (id int); RELEASE b; ROLLBACK TO a; TRUNCATE orders; COMMIT',
    TRUNCATED,
  ],
  [
    'a savepoint of the same name hides the older',
    'BEGIN; SAVEPOINT a; CREATE TEMP TABLE orders (id int); SAVEPOINT a; ROLLBACK TO a; TRUNCATE orders; COMMIT',
    QUIET,
  ],
  [
    'SET LOCAL is over at COMMIT',
    'CREATE SCHEMA e; CREATE TABLE e.orders (id int); SET LOCAL search_path = e; COMMIT; TRUNCATE orders',
    TRUNCATED,
  ],
  [
    'SET is undone by ROLLBACK',
    'CREATE SCHEMA e; CREATE TABLE e.orders (id int); COMMIT; BEGIN; SET search_path = e; ROLLBACK; TRUNCATE orders',
    TRUNCATED,
  ],
  ['SET lasts', 'CREATE SCHEMA e; CREATE TABLE e.orders (id int); SET search_path = e; COMMIT; TRUNCATE orders', QUIET],
  ['pg_temp last', 'SET search_path = public, pg_temp; CREATE TEMP TABLE orders (id int); TRUNCATE orders', TRUNCATED],
  [
    'one schema in quotes',
    `CREATE SCHEMA e; CREATE TABLE e.orders (id int); SET search_path = "E", public; TRUNCATE orders`,
    TRUNCATED,
  ],
  [
    'a list in one string names one schema',
    `CREATE SCHEMA e; CREATE TABLE e.orders (id int); SET search_path = 'e, public'; TRUNCATE public.orders`,
    TRUNCATED,
  ],
  [
    'set_config takes a list',
    `CREATE SCHEMA e; CREATE TABLE e.orders (id int); SELECT set_config('search_path', 'E, public', false); TRUNCATE orders`,
    QUIET,
  ],
  ['set_config of what is put together', `SELECT set_config('search_path', current_user || ', public', false)`, BLIND],
  [
    'an IF that may not run',
    `DO $$ BEGIN IF current_user = 'nobody' THEN CREATE TEMP TABLE orders (id int); END IF; TRUNCATE orders; END $$`,
    TRUNCATED,
  ],
  [
    'an IF around SET',
    `CREATE SCHEMA e; CREATE TABLE e.orders (id int); DO $$ BEGIN IF current_user = 'nobody' THEN SET search_path = e; END IF; TRUNCATE orders; END $$`,
    TRUNCATED,
  ],
  [
    'EXIT of a block leaves that alone',
    'DO $$ BEGIN <<a>> BEGIN EXIT a; CREATE TEMP TABLE orders (id int); END; TRUNCATE orders; END $$',
    TRUNCATED,
  ],
  [
    'EXIT of an outer loop',
    'DO $$ BEGIN <<a>> LOOP LOOP EXIT a; END LOOP; CREATE TEMP TABLE orders (id int); END LOOP; TRUNCATE orders; END $$',
    TRUNCATED,
  ],
  [
    'a handler undoes the block',
    'DO $$ BEGIN BEGIN CREATE TEMP TABLE orders (id int); PERFORM 1/0; EXCEPTION WHEN OTHERS THEN NULL; END; TRUNCATE orders; END $$',
    TRUNCATED,
  ],
  [
    'RETURN that a failure comes before',
    'DO $$ BEGIN BEGIN PERFORM 1/0; RETURN; EXCEPTION WHEN OTHERS THEN NULL; END; TRUNCATE orders; END $$',
    TRUNCATED,
  ],
  [
    'COMMIT in a body',
    'DO $$ BEGIN CREATE TEMP TABLE orders (id int) ON COMMIT DROP; COMMIT; TRUNCATE orders; END $$',
    TRUNCATED,
    'per-statement',
  ],
  ['COMMIT in a body within a block fails with 2D000', 'DO $$ BEGIN COMMIT; END $$', FAILS, 'whole-file'],
  [
    'psql goes on after a failure',
    'CREATE TEMP TABLE orders AS SELECT 1/0 AS id; TRUNCATE orders',
    TRUNCATED,
    'as-written',
  ],
];

const ROWS: readonly Case[] = [
  ['COPY of a DELETE', 'COPY (DELETE FROM orders RETURNING *) TO STDOUT', DELETED],
  ['WITH in COPY', 'COPY (WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d) TO STDOUT', DELETED],
  ['WITH in CREATE TABLE AS', 'CREATE TABLE z AS WITH d AS (DELETE FROM orders RETURNING id) SELECT * FROM d', DELETED],
  [
    'WITH in INSERT … SELECT',
    `INSERT INTO customers (email) WITH d AS (DELETE FROM orders RETURNING id) SELECT 'a' FROM d`,
    DELETED,
  ],
  ['EXECUTE runs what PREPARE named', 'PREPARE p AS DELETE FROM orders; EXECUTE p', DELETED],
  ['PREPARE outlives a rollback', 'BEGIN; PREPARE p AS DELETE FROM orders; ROLLBACK; EXECUTE p', DELETED],
  ['PREPARE alone runs nothing', 'PREPARE p AS DELETE FROM orders', QUIET],
  ['EXPLAIN ANALYZE EXECUTE', 'PREPARE p AS DELETE FROM orders; EXPLAIN ANALYZE EXECUTE p', DELETED],
  ['CREATE TABLE AS EXECUTE', 'PREPARE p AS SELECT 1 AS a; CREATE TABLE z AS EXECUTE p', QUIET],
  ['EXECUTE of what was deallocated', 'PREPARE p AS SELECT 1; DEALLOCATE p; EXECUTE p', BLIND],
  ['FETCH of an unknown cursor', 'FETCH c', BLIND],
  ['MERGE ON true', 'MERGE INTO orders USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE', DELETED],
  [
    'MERGE with itself',
    'MERGE INTO orders o USING orders s ON o.id = s.id WHEN MATCHED THEN UPDATE SET total = 0',
    'warning unbounded-update',
  ],
  ['MERGE by key', 'MERGE INTO orders o USING (VALUES (1)) s (id) ON o.id = s.id WHEN MATCHED THEN DELETE', QUIET],
  ['a condition that names no column', 'DELETE FROM orders WHERE now() > $$2000-01-01$$', DELETED],
  ['a column compared with itself', 'DELETE FROM orders WHERE id = id', DELETED],
  ['NOT NULL of a column that is', 'DELETE FROM orders WHERE id IS NOT NULL', DELETED],
  ['through a view', 'CREATE TEMP VIEW v AS SELECT * FROM orders; DELETE FROM v', DELETED],
  ['through a new parent', 'CREATE TABLE p (LIKE orders); ALTER TABLE orders INHERIT p; DELETE FROM p', DELETED],
  [
    'DROP of a new parent',
    'CREATE TABLE p (LIKE orders); ALTER TABLE orders INHERIT p; DROP TABLE p CASCADE',
    'error dropped-table',
  ],
  ['a system catalog', `DELETE FROM pg_class WHERE relname = 'orders'`, 'error catalog-write'],
  ['settings as a catalog', `UPDATE pg_settings SET setting = 'e' WHERE name = 'search_path'`, 'error catalog-write'],
  ['a table that is called like one', 'CREATE TABLE pg_jobs (id int); INSERT INTO pg_jobs VALUES (1)', QUIET],
  ['a schema renamed', 'ALTER SCHEMA public RENAME TO p2; CREATE SCHEMA public', 'error renamed-schema'],
  ['a schema of this migration renamed', 'CREATE SCHEMA e; ALTER SCHEMA e RENAME TO f', QUIET],
  [
    'DROP SCHEMA of what was moved in',
    'CREATE SCHEMA e; ALTER TABLE orders SET SCHEMA e; DROP SCHEMA e CASCADE',
    'error dropped-database',
  ],
];

const SERVER: readonly Case[] = [
  ['a job of cron', `SELECT cron.schedule('x', '* * * * *', 'DROP TABLE orders')`, 'error dropped-table'],
  [
    'query_to_xml of what is put together',
    `SELECT query_to_xml((SELECT note FROM orders LIMIT 1), true, true, '')`,
    BLIND,
  ],
  ['dblink', `SELECT dblink_exec('dbname=x', 'DROP TABLE orders')`, BLIND],
  [
    'in a default-like expression of UPDATE',
    `UPDATE orders SET total = lo_unlink(1) WHERE id = 1`,
    'error server-intervention',
  ],
  ['a replication slot', `SELECT pg_drop_replication_slot('s')`, 'error server-intervention'],
  ['other sessions', 'SELECT pg_terminate_backend(1)', 'warning ended-sessions'],
  ['a sleep in a body', 'DO $$ BEGIN PERFORM pg_sleep(100000); END $$', 'warning long-wait'],
  ['a moment of sleep', 'SELECT pg_sleep(0.2)', QUIET],
  [
    'a function of the migrations of the name',
    'CREATE FUNCTION pg_reload_conf(int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; SELECT pg_reload_conf(1)',
    QUIET,
  ],
  ['setval to a number', `SELECT setval('orders_id_seq', 1)`, 'warning reset-sequence'],
  ['setval to what the rows tell', `SELECT setval('orders_id_seq', (SELECT max(id) FROM orders))`, QUIET],
  ['ALTER SYSTEM', 'ALTER SYSTEM SET fsync = off', 'error server-setting', 'per-statement'],
  ['read only for all', 'ALTER DATABASE shop SET default_transaction_read_only = on', 'error server-setting'],
  ['no triggers', 'SET LOCAL session_replication_role = replica', 'warning disabled-safeguard'],
  ['REVOKE', 'REVOKE ALL ON orders FROM app', 'warning revoked-access'],
  ['REVOKE of what is new', 'CREATE TABLE z (id int PRIMARY KEY); REVOKE ALL ON z FROM PUBLIC', QUIET],
  ['GRANT to a role', 'GRANT SELECT ON orders TO app', QUIET],
  ['GRANT to all', 'GRANT ALL ON orders TO PUBLIC', 'warning opened-access'],
  ['DROP ROLE', 'DROP ROLE app', 'warning revoked-access'],
  ['a policy dropped', 'DROP POLICY own ON orders', 'warning revoked-access'],
  ['a policy made anew', 'DROP POLICY own ON orders; CREATE POLICY own ON orders USING (true)', QUIET],
  ['CASCADE of what is not followed', 'DROP LANGUAGE plpgsql CASCADE', BLIND],
  ['a file of the server', `COPY orders TO '/tmp/orders'`, BLIND],
];

const FAILING: readonly Case[] = [
  ['2BP01', 'DROP INDEX customers_email_key', FAILS],
  ['42701', 'CREATE TABLE z (a int, b int, a text)', FAILS],
  ['42701, a system column', 'CREATE TABLE z (xmin int)', FAILS],
  ['42704, serial is no type', 'ALTER TABLE orders ALTER COLUMN total TYPE serial', FAILS],
  ['42704, of another database', 'CREATE TABLE z (a datetime)', FAILS],
  ['42704, of nobody', 'ALTER TABLE orders ADD COLUMN x nope', 'warning failing-statement'],
  ['a type of an extension', 'ALTER TABLE orders ADD COLUMN x citext', QUIET],
  [
    '55P04, inserted',
    `ALTER TYPE mood ADD VALUE 'fair'; INSERT INTO orders (mood) VALUES ('fair')`,
    'error enum-value-used-in-same-transaction',
  ],
  [
    '55P04, as a default',
    `ALTER TYPE mood ADD VALUE 'fair'; ALTER TABLE orders ALTER COLUMN mood SET DEFAULT 'fair'`,
    'error enum-value-used-in-same-transaction',
  ],
  [
    '55P04, compared',
    `ALTER TYPE mood ADD VALUE 'fair'; DELETE FROM orders WHERE id = 1 AND mood = 'fair'`,
    'error enum-value-used-in-same-transaction',
  ],
  ['55P04, cast', `ALTER TYPE mood ADD VALUE 'fair'; SELECT 'fair'::mood`, 'error enum-value-used-in-same-transaction'],
  [
    '55P04, in a body',
    `ALTER TYPE mood ADD VALUE 'fair'; DO $$ BEGIN UPDATE orders SET mood = 'fair' WHERE id = 1; END $$`,
    'error enum-value-used-in-same-transaction',
  ],
  [
    'the text elsewhere',
    `ALTER TYPE mood ADD VALUE 'fair'; INSERT INTO customers (email) VALUES ('fair')`,
    'warning enum-value-used-in-same-transaction',
  ],
  ['22P02', `INSERT INTO orders (mood) VALUES ('nope')`, FAILS],
  ['42601', 'INSERT INTO orders (total) VALUES (1, 2)', FAILS],
];

/** What the report says, hygiene apart. */
const said = ({ findings, blindSpots }: Pick<Report, 'findings' | 'blindSpots'>): string[] => [
  ...findings
    .filter(({ severity, rule }) => severity !== 'notice' && !HYGIENE.has(rule))
    .map(f => `${f.severity} ${f.rule}`),
  ...blindSpots.map(() => BLIND),
];
const HYGIENE: ReadonlySet<string> = new Set(['lock-without-timeout', 'missing-primary-key', 'nested-transaction']);

const text = (sql: string, delivery = 'one-message'): string => `-- migration-gate: transaction ${delivery}\n${sql};`;

async function analyzed([, sql, , delivery]: Case): Promise<string[]> {
  const files: Readonly<Record<string, string>> = {
    'migrations/1_before.sql': BEFORE,
    'migrations/2_change.sql': text(sql, delivery),
  };
  const repo = { paths: Object.keys(files), read: (path: string) => Promise.resolve(files[path] ?? '') };
  const changed = [{ path: 'migrations/2_change.sql', status: 'added' as const }];
  return said(await run({ repo, changed, options: DEFAULTS, mode: 'pull-request' }));
}

const like = (expected: string): unknown => (expected === QUIET ? [] : expect.arrayContaining([expected]));

describe.each([
  ['names', NAMES],
  ['rows', ROWS],
  ['server', SERVER],
  ['what fails', FAILING],
] as const)('%s', (_, cases) => {
  test.each(cases)('%s: %s', async (...one: Case) => {
    expect(await analyzed(one)).toEqual(like(one[2]));
  });
});

describe('the bundle', () => {
  const root = mkdtempSync(join(tmpdir(), 'detours-'));
  mkdirSync(join(root, 'migrations'));
  writeFileSync(join(root, 'migrations/1_before.sql'), BEFORE);
  afterAll(() => rmSync(root, { recursive: true }));
  const slice = [NAMES, ROWS, SERVER, FAILING].flatMap(cases => cases.filter((_, nth) => nth % 8 === 1));

  test.each(slice)('%s: %s', (...[, sql, expected, delivery]: Case) => {
    writeFileSync(join(root, 'migrations/2_change.sql'), text(sql, delivery));
    expect(said(reportOf(root, '--changed', 'migrations/2_change.sql'))).toEqual(like(expected));
  });
});
