import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { LEFT, randomFrom, SHADOWED, SHADOWED_ROWS, Shadows } from '../rig/fuzz/shadows.ts';
import { DEFAULTS } from '../src/config/options.ts';
import type { Server } from '../src/database/local.ts';
import type { Delivery } from '../src/model/source.ts';
import { run } from '../src/run.ts';
import { loadParser, parse } from '../src/sql/parse.ts';
import { anyServer } from '../rig/ground-truth/server.ts';

/**
 * Another each day, which is in the test's name. `SHADOWS_SEED=42 SHADOWS_SECONDS=600 npm test -- shadows` looks for longer.
 */
const seed = Number(process.env.SHADOWS_SEED ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''));
const SECONDS = Number(process.env.SHADOWS_SECONDS ?? 10);
const DELIVERIES: readonly Delivery[] = ['one-message', 'whole-file', 'per-statement'];

let server: Server;
beforeAll(async () => {
  server = await anyServer();
  await loadParser();
  await on('postgres', async client => client.query('CREATE DATABASE before'));
  await on('before', async client => client.query(SHADOWED + SHADOWED_ROWS));
}, 120_000);
afterAll(() => server.stop());

async function on<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.database(database) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const sent = (client: pg.Client, sql: string): Promise<boolean> =>
  client.query(sql).then(
    () => true,
    () => false,
  );

/** As a tool sends the file, up to what fails. */
async function deliver(client: pg.Client, sql: string, delivery: Delivery): Promise<void> {
  await client.query("SET statement_timeout = '3s'");
  if (delivery === 'one-message') {
    await sent(client, sql);
    return;
  }
  const whole = delivery === 'whole-file';
  if (whole) await client.query('BEGIN');
  let good = true;
  for (const statement of await parse(sql, '2.sql')) if (good) good = await sent(client, statement.sql);
  if (whole) await sent(client, good ? 'COMMIT' : 'ROLLBACK');
}

/** What is gone after the migration; null where all is there. */
async function harm(sql: string, delivery: Delivery): Promise<string | null> {
  await on('postgres', async client => {
    await client.query('DROP DATABASE IF EXISTS after WITH (FORCE)');
    await client.query('CREATE DATABASE after TEMPLATE before');
  });
  await on('after', client => deliver(client, sql, delivery));
  return on('after', async client => {
    try {
      const { rows } = await client.query<{ orders: string; customers: string }>(LEFT);
      return rows[0]?.orders === '5' && rows[0].customers === '5' ? null : JSON.stringify(rows[0]);
    } catch (error) {
      return String(error);
    }
  });
}

/** Lines of warnings, errors and blind spots: what a pull request shows. */
async function remarks(sql: string, delivery: Delivery): Promise<string[]> {
  const files: Readonly<Record<string, string>> = {
    'migrations/1_before.sql': SHADOWED,
    'migrations/2_change.sql': `-- migration-gate: transaction ${delivery}\n${sql}`,
  };
  const repo = { paths: Object.keys(files), read: (path: string) => Promise.resolve(files[path] ?? '') };
  const changed = [{ path: 'migrations/2_change.sql', status: 'added' as const }];
  const report = await run({ repo, changed, options: DEFAULTS, mode: 'pull-request' });
  return [
    ...report.findings.filter(({ severity, rule }) => severity !== 'notice' && !HYGIENE.has(rule)).map(f => f.message),
    ...report.blindSpots.map(({ because }) => because),
  ];
}

/** They speak of how the file is written, whatever it does to rows. */
const HYGIENE: ReadonlySet<string> = new Set(['lock-without-timeout', 'nested-transaction', 'missing-primary-key']);

test(
  `seed ${seed}: no table or row goes without a remark`,
  async () => {
    const end = Date.now() + SECONDS * 1000;
    const random = randomFrom(seed);
    const shadows = new Shadows(random);
    const silent: string[] = [];
    let harmful = 0;
    for (let nth = 0; Date.now() < end; nth += 1) {
      const sql = shadows.migration();
      const delivery = DELIVERIES[nth % DELIVERIES.length] ?? 'one-message';
      const lost = await harm(sql, delivery);
      if (lost === null) continue;
      harmful += 1;
      if ((await remarks(sql, delivery)).length === 0) silent.push(`${delivery}, ${lost}: ${sql}`);
    }
    expect(harmful).toBeGreaterThan(0);
    expect(silent).toEqual([]);
  },
  SECONDS * 1000 + 60_000,
);
