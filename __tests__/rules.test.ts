import { beforeAll, describe, expect, test } from '@jest/globals';
import { check, once, type Candidate } from '../src/findings/check.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Severity } from '../src/model/report.ts';
import type { Migration, NoTransaction } from '../src/model/source.ts';
import type { Example } from '../src/model/rule.ts';
import { rules } from '../src/rules/index.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { parse } from '../src/sql/parse.ts';
import { migrationOf } from '../rig/migration.ts';

const MARKER = '-- migration-gate: transaction per-statement';
const noTransaction: NoTransaction = {
  instruction: `Write \`${MARKER}\` at the top.`,
  marker: MARKER,
  oneStatement: false,
};

/** Style rules included, so that their examples run; with `shown`, as a user sees them. */
const ALL_ON: ReadonlyMap<string, Severity> = new Map(
  rules.filter(rule => rule.severity === 'off').map(rule => [rule.id, 'notice']),
);

function migration(sql: string, position: number, example: Pick<Example, 'transaction'>): Migration {
  const marked = sql.startsWith(MARKER);
  const transaction = marked ? 'per-statement' : (example.transaction ?? 'whole-file');
  const named = { id: String(position), file: `${position}.sql`, changed: position > 0 };
  return migrationOf(sql, { ...named, transaction, noTransaction });
}

/** The findings of the files after the first, each judged on what the files before it have left. */
async function findings(given: string, files: readonly string[], example: Example): Promise<Candidate[]> {
  const migrations = [given, ...files].map((sql, position) => migration(sql, position, position === 0 ? {} : example));
  const analyzed = await analyzeHistory(
    { framework: 'plain SQL', root: '.', migrations },
    { pg: example.pg ?? 17, mode: 'audit' },
  );
  return analyzed.filter(one => one.migration.changed).flatMap(one => check(rules, one.steps, { severities: ALL_ON }));
}

const brief = (found: readonly Candidate[]): string[] =>
  found.map(({ rule, violation }) => `${rule.id}: ${violation.message}`);

/** What the way out has to do all the same, one deploy later and on purpose. */
const INTENDED = new Set(['dropped-column', 'dropped-table', 'renamed-table']);

beforeAll(loadDeparser);

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('explains itself and shows examples', () => {
    expect(rule.examples.length).toBeGreaterThan(0);
    expect(rule.summary).toMatch(/\.$/);
    expect(rule.why.trim().length).toBeGreaterThan(40);
  });

  test.each(rule.examples.map(example => [example.bad, example] as const))('fires on %s', async (_, example) => {
    const found = await findings(example.setup, [example.bad], example);
    expect(found.map(one => one.rule.id)).toContain(id);
    expect(found.map(({ violation }) => violation.message).filter(message => message.length > 200)).toEqual([]);
  });

  const safe = rule.examples.flatMap(example => (example.good ? [[example.good, example] as const] : []));
  if (safe.length > 0)
    test.each(safe)('is content with %j', async (good, example) => {
      const found = await findings(example.setup, good, example);
      expect(brief(found.filter(one => one.rule.id === id || one.severity === 'error'))).toEqual([]);
    });

  test.each(rule.examples.map(example => [example.bad, example] as const))(
    'offers a way out of %s',
    async (_, example) => {
      const found = await findings(example.setup, [example.bad], example);
      const shown = found.find(one => one.rule.id === id);
      const steps = shown?.violation.remedy?.steps ?? [];
      for (const { sql } of steps)
        for (const statement of await parse(sql, 'remedy.sql')) expect(statement.error ?? null).toBeNull();
      const alarms = async (given: string): Promise<string[]> => {
        const follow = await findings(
          given,
          steps.map(step => step.sql),
          example,
        );
        return brief(follow.filter(one => one.severity === 'error' && !INTENDED.has(one.rule.id)));
      };
      // It stands for all of the migration, or goes on from what that does before the statement.
      const written = await parse(example.bad, '1.sql');
      const earlier = written.slice(
        0,
        Math.max(
          0,
          written.findIndex(({ sql }) => sql === shown?.step.statement.sql),
        ),
      );
      const instead = await alarms(example.setup);
      const after = await alarms([example.setup, ...earlier.map(({ sql }) => sql)].join(';\n'));
      expect(instead.length === 0 ? instead : after).toEqual([]);
    },
  );
});

test('ids are unique and sorted', () => {
  const ids = rules.map(rule => rule.id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

describe('work that others do not notice', () => {
  const example: Example = { setup: '', bad: '', good: null };
  test.each([
    'create table orders (id bigint); create index on orders (id); alter table orders add unique (id);',
    'create table orders (id bigint); alter table orders alter id type int; alter table orders add check (id > 0);',
    'create table orders (id bigint); drop table orders;',
  ])('a table of the same file raises no alarm: %s', async sql => {
    const found = await findings('create table users (id bigint primary key);', [sql], example);
    expect(brief(found.filter(one => one.severity === 'error'))).toEqual([]);
  });

  test('nothing is said twice: a rewrite is one finding', async () => {
    const given = 'create table orders (id bigint primary key, total int); create index on orders (total);';
    const found = await findings(given, ['alter table orders alter total type bigint;'], example);
    expect(found.filter(one => one.severity === 'error').map(one => one.rule.id)).toEqual(['retyped-column']);
  });

  test('lock_timeout is asked for once in a transaction', async () => {
    const given = 'create table orders (id bigint primary key); create table users (id bigint primary key);';
    const sql = 'alter table orders add column a int; alter table users add column a int;';
    const found = await findings(given, [sql], example);
    expect(found.filter(one => one.rule.id === 'lock-without-timeout')).toHaveLength(1);
  });
});

test('what is to be said once is said once, with the other places', async () => {
  const given = 'create table orders (id bigint primary key); create table users (id bigint primary key);';
  const files = ['a', 'b'].map(name => `alter table orders add ${name} int; alter table users add ${name} int;`);
  const found = once(await findings(given, files, { setup: given, bad: '', good: null }));
  const messages = found.filter(one => one.rule.id === 'lock-without-timeout').map(one => one.violation.message);
  expect(messages).toEqual([expect.stringMatching(/ACCESS EXCLUSIVE on orders .* The same at \S+:1\.$/)]);
});

test('a rule that throws names itself and the statement', async () => {
  const [only] = await analyzeHistory(
    { framework: 'plain SQL', root: '.', migrations: [migration('select 1;', 1, {})] },
    { pg: 17, mode: 'pull-request' },
  );
  const broken = rules.slice(0, 1).map(rule => ({
    ...rule,
    id: 'broken',
    check: () => {
      throw new Error('out of order');
    },
  }));
  expect(() => check(broken, only?.steps ?? [])).toThrow('the rule broken failed on 1.sql:1');
});
