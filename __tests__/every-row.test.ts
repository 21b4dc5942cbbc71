import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { loadParser } from '../src/sql/parse.ts';
import { migrationOf } from '../rig/migration.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';

/** Conditions that hold for every row, and values that a generated column does not take: as predicted, so on a server. */
jest.setTimeout(120_000);

const SHOP = `
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total int,
    twice int GENERATED ALWAYS AS (total * 2) STORED);
  CREATE VIEW totals AS SELECT id, total FROM orders;`;
const ROWS = 'INSERT INTO orders (total) SELECT g FROM generate_series(1, 5) g';

describe('on Postgres 17', () => {
  let server: Server;
  let client: Client;
  beforeAll(async () => {
    await loadParser();
    server = await startLocal({ binaries: await postgresBinaries(17) });
    client = await connect(server.url);
    await client.query(SHOP);
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  /** How many rows are left, or the SQLSTATE. */
  async function measured(sql: string): Promise<number | string> {
    await client.query(`BEGIN; ${ROWS}`);
    try {
      await client.query(sql);
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM orders');
      return Number(rows[0]?.count);
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.query('ROLLBACK');
    }
  }

  /** What is lost for certain, and what fails. */
  async function predicted(sql: string): Promise<string[]> {
    const past = migrationOf(SHOP, { id: '0', file: 'migrations/0.sql', changed: false });
    const [analyzed] = await analyzeHistory(
      { framework: 'plain-sql', root: 'migrations', migrations: [past, migrationOf(sql)] },
      { pg: 17, mode: 'pull-request' },
    );
    const costs = (analyzed?.steps ?? []).flatMap(step => step.costs);
    return [
      ...new Set(
        costs.flatMap(cost => (cost.kind === 'fail' ? cost.sqlstate : cost.kind === 'lose-data' ? cost.what : [])),
      ),
    ];
  }

  test.each([
    'DELETE FROM orders',
    'DELETE FROM totals',
    'DELETE FROM orders WHERE true',
    'DELETE FROM orders WHERE id IS NOT NULL',
    'DELETE FROM orders WHERE ctid IS NOT NULL',
    'DELETE FROM orders WHERE id > 0',
    'DELETE FROM orders WHERE id <> -1',
    'DELETE FROM orders WHERE id NOT IN (-1, 0)',
    'DELETE FROM orders WHERE id BETWEEN 0 AND 9223372036854775807',
    'DELETE FROM orders WHERE id < 9223372036854775807',
    'DELETE FROM orders WHERE CASE WHEN total > 0 THEN true ELSE id >= 1 END',
    'DELETE FROM orders WHERE id IN (SELECT id FROM orders)',
    'DELETE FROM orders WHERE id = ANY (SELECT o.id FROM orders o WHERE true)',
    'DELETE FROM orders WHERE coalesce(total, 0) = coalesce(total, 0)',
    'DELETE FROM orders o WHERE o IS NOT DISTINCT FROM o',
    'DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM orders LOOP DELETE FROM orders WHERE id = r.id; END LOOP; END $$',
    'DO $$ BEGIN LOOP DELETE FROM orders WHERE id IN (SELECT id FROM orders LIMIT 2); EXIT WHEN NOT FOUND; END LOOP; END $$',
  ])('%s: deletes every row', async sql => {
    expect(await measured(sql)).toBe(0);
    expect(await predicted(sql)).toEqual(['rows']);
  });

  test.each([
    'DELETE FROM orders WHERE total IN (SELECT id FROM orders WHERE id < 0)',
    'DELETE FROM orders WHERE id IN (SELECT id FROM orders LIMIT 2)',
    'DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE total > 3)',
    'DELETE FROM orders WHERE id IN (SELECT min(id) FROM orders)',
    'DELETE FROM orders WHERE id IN (SELECT id FROM orders EXCEPT SELECT id FROM orders WHERE total > 3)',
    'DELETE FROM orders WHERE total = id + 100',
    'DELETE FROM orders WHERE id BETWEEN 1 AND (SELECT min(id) FROM orders)',
    'DELETE FROM orders WHERE id > (SELECT min(id) FROM orders)',
    'DELETE FROM orders WHERE total IS DISTINCT FROM total',
    'DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM orders WHERE total > 3 LOOP DELETE FROM orders WHERE id = r.id; END LOOP; END $$',
  ])('%s: keeps rows', async sql => {
    expect(await measured(sql)).not.toBe(0);
    expect(await predicted(sql)).toEqual([]);
  });

  test.each([
    'INSERT INTO orders (id, total) VALUES (1, 2)',
    'INSERT INTO orders VALUES (1, 2)',
    'INSERT INTO orders (twice) VALUES (1)',
    'INSERT INTO orders (id, total) SELECT id, total FROM orders',
    'UPDATE orders SET id = 9 WHERE total = 1',
    'UPDATE orders SET twice = 9 WHERE total = 1',
  ])('%s: 428C9', async sql => {
    expect(await measured(sql)).toBe('428C9');
    expect(await predicted(sql)).toEqual(['428C9']);
  });

  test.each([
    'INSERT INTO orders (id, total) VALUES (DEFAULT, 2)',
    'INSERT INTO orders (id, total) OVERRIDING USER VALUE VALUES (1, 2)',
    'INSERT INTO orders (id, total) OVERRIDING SYSTEM VALUE VALUES (1000, 2)',
    'UPDATE orders SET id = DEFAULT WHERE total = 1',
    'UPDATE orders SET twice = DEFAULT WHERE total = 1',
  ])('%s: runs', async sql => {
    expect(await measured(sql)).toBeGreaterThan(4);
    expect(await predicted(sql)).toEqual([]);
  });
});
