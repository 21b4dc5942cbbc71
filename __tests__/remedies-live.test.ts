import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { check } from '../src/findings/check.ts';
import { introspect } from '../src/measure/introspect.ts';
import type { RemedyStep, Severity } from '../src/model/report.ts';
import type { Example } from '../src/model/rule.ts';
import { rules } from '../src/rules/index.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser, parse } from '../src/sql/parse.ts';
import { outline } from '../rig/ground-truth/outline.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { migrationOf } from '../rig/migration.ts';

/** Every remedy with SQL, run on a server: it takes every step, and those that stand for the statement end where it ends. */
jest.setTimeout(180_000);

const ALL_ON: ReadonlyMap<string, Severity> = new Map(
  rules.filter(rule => rule.severity === 'off').map(rule => [rule.id, 'notice']),
);
/** Rules whose remedy is another way to the same schema; constraints and columns may be in another order. */
const SAME_END = new Set([
  'blocking-index-build',
  'blocking-index-drop',
  'blocking-refresh',
  'blocking-reindex',
  'concurrent-index-in-transaction',
  'constraint-index-build',
  'domain-constraint-scan',
  'enum-value-used-in-same-transaction',
  'not-null-scan',
  'required-column',
  'serial-column',
  'validated-check',
  'validation-in-same-transaction',
  'volatile-default',
]);

const CASES = rules.flatMap(rule =>
  rule.examples.map(example => [`${rule.id}: ${example.bad.slice(0, 80)}`, rule.id, example] as const),
);

async function remedyOf(
  id: string,
  { setup, bad, transaction = 'whole-file', pg = 17 }: Example,
): Promise<{ steps: readonly RemedyStep[]; earlier: string[] }> {
  const migrations = [
    migrationOf(setup, { id: '0', file: '0.sql', changed: false }),
    migrationOf(bad, {
      id: '1',
      file: '1.sql',
      changed: true,
      transaction,
      noTransaction: { instruction: 'Write it at the top.', marker: '-- outside', oneStatement: false },
    }),
  ];
  const analyzed = await analyzeHistory({ framework: 'tool', root: '.', migrations }, { pg, mode: 'pull-request' });
  const shown = analyzed
    .flatMap(one => check(rules, one.steps, { severities: ALL_ON }))
    .find(one => one.rule.id === id);
  const written = await parse(bad, '1.sql');
  const at = written.findIndex(({ sql }) => sql === shown?.step.statement.sql);
  return {
    steps: shown?.violation.remedy?.steps ?? [],
    earlier: written.slice(0, Math.max(0, at)).map(({ sql }) => sql),
  };
}

describe.each([17, 18])('on Postgres %i', major => {
  let server: Server;
  let client: Client;
  let databases = 0;
  beforeAll(async () => {
    await Promise.all([loadParser(), loadDeparser()]);
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  /** A database of its own, with these scripts run in it. */
  async function inDatabase<T>(work: (own: Client) => Promise<T>): Promise<T> {
    const name = `case_${++databases}`;
    await client.query(`create database ${name}`);
    const own = await connect(server.database(name));
    try {
      return await work(own);
    } finally {
      await own.end();
    }
  }

  async function run(own: Client, sql: string, block: boolean): Promise<void> {
    if (block) await own.query('begin');
    for (const statement of await parse(sql, 'step.sql')) await own.query(statement.sql);
    if (block) await own.query('commit');
  }

  const tried = async (
    example: Example,
    before: readonly string[],
    steps: readonly RemedyStep[],
  ): Promise<string | string[]> =>
    inDatabase(async own => {
      await run(own, example.setup, false);
      for (const sql of before) await run(own, sql, false);
      for (const { title, sql } of steps)
        try {
          await run(own, sql, !title.endsWith('outside a transaction') && title !== 'At the end of the file');
        } catch (error) {
          return `${title}: ${(error as Error).message}`;
        }
      return outline(await introspect(own));
    });

  const mine = CASES.filter(([, , { pg = 17 }]) => pg === major);
  test.each(mine)('%s', async (_, id, example) => {
    const { steps, earlier } = await remedyOf(id, example);
    if (steps.length === 0) return;
    let ended = await tried(example, [], steps);
    if (typeof ended === 'string' && earlier.length > 0) ended = await tried(example, earlier, steps);
    expect(typeof ended === 'string' ? ended : 'done').toBe('done');
    // An identity is numbered by a sequence and a default there: Postgres has no way to add it without a rewrite.
    if (!SAME_END.has(id) || typeof ended === 'string' || example.bad.includes('as identity')) return;
    const direct = await inDatabase(async own => {
      await run(own, example.setup, false);
      await run(own, example.bad, false);
      return outline(await introspect(own));
    });
    expect(ended).toEqual(direct);
  });
});
