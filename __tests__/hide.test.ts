import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench } from '../rig/hide/bench.ts';
import { gate } from '../rig/hide/gate.ts';
import { hide, reasons } from '../rig/hide/hide.ts';
import { pullRequest, type Case } from '../rig/hide/histories.ts';
import { LAYOUTS } from '../rig/hide/layouts.ts';
import { build, parts, recipe } from '../rig/hide/recipe.ts';
import { anyServer } from '../rig/ground-truth/server.ts';
import { CASES, RECIPES } from '../rig/cases/hide-cases.ts';
import { PLPGSQL_CASES } from '../rig/cases/hide-plpgsql-cases.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

const MS = 10_000;
/** Cases that the bundle is given, on disk. */
const ON_DISK = 4;

const of = (sql: readonly string[], layout = 'golang-migrate', ran: readonly string[] = []): Case => {
  const tool = LAYOUTS.find(({ id }) => id === layout);
  const made = tool && pullRequest(tool, sql, ran);
  if (!made) throw new Error(`no case of ${layout}`);
  return made;
};

describe('what takes rows, a column or a table away does not pass in a detour', () => {
  let bench: Bench;
  /** Another each day, which is in the test's name. HIDE_SEED sets it, `npm run hide` shrinks what it shows. */
  const seed = Number(process.env.HIDE_SEED ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''));

  beforeAll(async () => {
    bench = await Bench.on(await anyServer());
  }, 120_000);
  afterAll(() => bench.stop());

  test('the server shows what is gone', async () => {
    const harms: unknown[] = [];
    const tried = [
      'TRUNCATE orders',
      'ALTER TABLE orders DROP note',
      'DROP TABLE store.items',
      'CREATE TABLE fresh (id int)',
      'DROP TABLE missing',
    ];
    for (const sql of tried) harms.push((await bench.try(of([sql])))?.harm);
    expect(harms).toEqual(['rows gone or changed', 'column gone', 'table gone', null, null]);
  });

  test.each(LAYOUTS.map(({ id }) => id))('%s: a truncated table fails the gate', async layout => {
    const { conclusion } = await gate(of(['TRUNCATE orders'], layout), bench.major);
    expect(conclusion).toBe('fail');
  });

  test.each([...CASES, ...PLPGSQL_CASES])('$name', async ({ sql, layout, ran }) => {
    const made = of(sql, layout, ran);
    const outcome = await bench.try(made);
    const { conclusion } = await gate(made, bench.major);
    expect({ refused: outcome?.refused, gone: outcome?.harm !== null, conclusion }).toEqual({
      refused: outcome && null,
      gone: true,
      conclusion: 'fail',
    });
  });

  test.each(RECIPES.map(from => [parts(from).join(', '), from] as const))('%s', async (_, from) => {
    const made = build(from);
    if (!made) throw new Error('its parts do not fit');
    expect((await bench.try(made))?.harm).not.toBeNull();
    expect((await gate(made, bench.major)).conclusion).toBe('fail');
  });

  test('a template that makes text is a blind spot', () => {
    const repo = new GitRepo();
    try {
      repo.commit({
        'migrations/tern.conf': '',
        'migrations/001_orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
      });
      repo.git('checkout', '-q', '-b', 'topic');
      repo.commit({ 'migrations/002_change.sql': '-- {{ "\\n" }} TRUNCATE orders;\n' });
      expect(reportOf(repo.root, '--base', 'main').conclusion).toBe('fail');
    } finally {
      repo.remove();
    }
  });

  test(`seed ${seed}`, async () => {
    const end = Date.now() + MS;
    const tally = await hide(bench, { runs: 5000, seed, until: () => Date.now() > end, innocents: 0 });
    const passed = tally.findings.filter(({ conclusion }) => conclusion === 'pass').map(({ recipe: from }) => from);
    const again = `npm run hide -- --runs ${tally.cases} --postgres ${bench.major} --seed ${seed}`;
    expect(tally.harmful).toBeGreaterThan(0);
    expect({ again, passed, crashes: tally.crashes }).toEqual({ again, passed: [], crashes: [] });
  }, 60_000);

  test(`the bundle says the same of seed ${seed}, from git`, async () => {
    const cases: Case[] = [];
    for (let nth = 0; cases.length < ON_DISK; nth += 1) {
      const made = build(recipe(seed * 1_000_003 + nth));
      if (made) cases.push(made);
    }
    for (const made of cases) {
      const repo = new GitRepo();
      try {
        repo.commit(made.base);
        repo.git('checkout', '-q', '-b', 'topic');
        for (const path of Object.keys(made.base)) if (!(path in made.head)) repo.git('rm', '-q', path);
        repo.commit(made.head);
        const version = ['--postgres-version', String(bench.major)];
        const [here, there] = [reportOf(repo.root, '--base', 'main', ...version), await gate(made, bench.major)];
        expect([here.conclusion, ...reasons(here).sort()]).toEqual([there.conclusion, ...reasons(there).sort()]);
      } finally {
        repo.remove();
      }
    }
  }, 60_000);
});
