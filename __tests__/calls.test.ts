import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { check } from '../src/findings/check.ts';
import { connect, type Client } from '../src/database/service.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Migration } from '../src/model/source.ts';
import { rules } from '../src/rules/index.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { BODIES, GIVEN, maker, WAYS, type Way } from './call-forms.ts';
import { reportOf } from './helpers/run-cli.ts';
import { anyServer } from '../rig/ground-truth/server.ts';
import type { Server } from '../src/database/local.ts';

const migration = (sql: string, changed: boolean): Migration => ({
  id: changed ? 'b' : 'a',
  framework: 'plain-sql',
  file: `migrations/${changed ? 'b' : 'a'}.sql`,
  sql,
  changed,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
});

/** The rules that speak of lost rows and tables, and what could not be read. */
async function verdict(given: string, sql: string): Promise<string[]> {
  const migrations = [migration(given, false), migration(sql, true)];
  const [analyzed] = await analyzeHistory(
    { framework: 'plain-sql', root: 'migrations', migrations },
    { pg: 15, mode: 'pull-request' },
  );
  const found = check(rules, analyzed?.steps ?? []).flatMap(({ rule, severity }) =>
    LOST.has(rule.id) ? [`${severity} ${rule.id}`] : [],
  );
  return [...found, ...(analyzed?.blindSpots ?? []).map(({ kind }) => `unread (${kind})`)];
}

const LOST = new Set(['truncated-table', 'unbounded-delete', 'dropped-table']);

/** Of each kind of caller one, as it ships. */
const SHIPPED = ['operator', 'assignment cast', 'FINALFUNC', 'DEFAULT of the history', 'trigger behind a foreign key'];

describe('the bundled command line', () => {
  test.each(WAYS.filter(({ name }) => SHIPPED.includes(name)))('$name', ({ given, sql }) => {
    const make = maker(BODIES.TRUNCATE ?? '');
    const folder = mkdtempSync(join(tmpdir(), 'calls-'));
    mkdirSync(join(folder, 'migrations'));
    writeFileSync(join(folder, 'migrations', 'V1__given.sql'), GIVEN + (given?.(make) ?? ''));
    writeFileSync(join(folder, 'migrations', 'V2__change.sql'), sql(make));
    const report = reportOf(folder, '--changed', 'migrations/V2__change.sql');
    rmSync(folder, { recursive: true });
    expect(report.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toContain('error truncated-table');
    expect(report.conclusion).toBe('fail');
  });
});

beforeAll(async () => {
  await loadParser();
  await loadDeparser();
});

describe('what runs a function beside its name', () => {
  let server: Server;
  let client: Client;
  /** Ways that were seen to lose rows. */
  const losing = new Set<string>();

  beforeAll(async () => {
    server = await anyServer();
    client = await connect(server.url);
    await client.query(GIVEN);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  /** Are the rows gone, or the table? The message where the server refuses the statements. */
  async function isLost({ given, sql }: Way, body: string): Promise<boolean | string> {
    const make = maker(body);
    await client.query('BEGIN');
    try {
      if (given) await client.query(given(make));
      const before = await left();
      if (before === 0) return 'the history has emptied it';
      await client.query(sql(make));
      await client.query('SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE; RESET search_path');
      return (await left()) === 0;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.query('ROLLBACK; DEALLOCATE ALL');
    }
  }
  async function left(): Promise<number> {
    const { rows } = await client.query<{ n: string | null }>(
      "SELECT CASE WHEN to_regclass('public.orders') IS NULL THEN 0 ELSE (xpath('//n/text()', query_to_xml('select count(*) as n from public.orders', true, true, '')))[1]::text::int END AS n",
    );
    return Number(rows[0]?.n);
  }

  test.each(WAYS.flatMap(way => Object.keys(BODIES).map(body => ({ way, body, name: `${way.name}: ${body}` }))))(
    '$name',
    async ({ way, body }) => {
      const text = BODIES[body] ?? '';
      const lost = await isLost(way, text);
      const make = maker(text);
      const found = await verdict(GIVEN + (way.given?.(make) ?? ''), way.sql(make));
      if (lost === true) losing.add(way.name);
      expect({ lost, found }).not.toEqual({ lost: true, found: [] });
    },
  );

  test('every way loses the rows on the server', () => {
    expect(WAYS.map(({ name }) => name).filter(name => !losing.has(name))).toEqual([]);
  });
});
