import { describe, expect, test } from '@jest/globals';
import { collect } from '../src/migrations/collect.ts';
import type { Repo } from '../src/model/framework.ts';
import { frameworks } from '../src/frameworks/index.ts';
import plainSql from '../src/frameworks/plain-sql.ts';

const repoOf = (files: Readonly<Record<string, string>>): Repo => ({
  paths: Object.keys(files).sort(),
  read: path => Promise.resolve(files[path] ?? ''),
});

describe.each(frameworks.map(framework => [framework.id, framework] as const))('%s', (id, framework) => {
  test('has examples', () => {
    expect(framework.examples.length).toBeGreaterThan(0);
  });

  test.each(framework.examples.map((example, index) => [index + 1, example] as const))(
    'example %i',
    async (_, { files, expect: lines, sends }) => {
      const repo = repoOf(files);
      const found = await framework.histories(repo);
      const histories = await Promise.all(
        found.map(async history => (await framework.read?.(repo, history)) ?? history),
      );
      const migrations = histories.flatMap(history => history.migrations);
      const sql = migrations.map(m => m.sql.replace(/\s+/g, ' ').trim());
      expect(sends ?? sql).toEqual(sql);
      expect(migrations.map(m => `${m.direction} ${m.id} ${m.file} ${m.transaction}`)).toEqual(lines);
      for (const migration of migrations) {
        expect(migration.framework).toBe(id);
        expect(migration.sql.split('\n')).toHaveLength(
          (files[migration.file] ?? '').replace(/\r\n?/g, '\n').split('\n').length,
        );
      }
    },
  );
});

test.each(
  frameworks.flatMap(({ id, examples }) => examples.map((example, index) => [id, index + 1, example] as const)),
)('%s reads example %i the same with the line ends of Windows', async (id, _, { files, expect: lines }) => {
  const framework = frameworks.find(one => one.id === id);
  const edited = Object.entries(files).map(([path, text]) => [path, text.replace(/\r?\n/g, '\r\n')]);
  const repo = repoOf(Object.fromEntries(edited) as Record<string, string>);
  const found = (await framework?.histories(repo)) ?? [];
  const histories = await Promise.all(found.map(async history => (await framework?.read?.(repo, history)) ?? history));
  const migrations = histories.flatMap(history => history.migrations);
  expect(migrations.map(m => `${m.direction} ${m.id} ${m.file} ${m.transaction}`)).toEqual(lines);
});

test('a file belongs to one tool only', async () => {
  for (const { examples } of frameworks)
    for (const { files } of examples) {
      const { histories } = await collect(repoOf(files), { framework: 'auto', paths: null, changed: new Set() });
      const all = histories.flatMap(history => history.migrations);
      const owners = new Set(all.map(m => `${m.framework} ${m.file}`));
      expect(owners.size).toBe(new Set(all.map(m => m.file)).size);
      expect(new Set(all.map(m => `${m.direction} ${m.id} ${m.file}`)).size).toBe(all.length);
    }
});

test('paths names files that no tool claims', async () => {
  const repo = repoOf({ 'db/one.sql': 'select 1;', 'db/two.sql': 'select 2;', 'other/three.sql': 'select 3;' });
  const { histories } = await collect(repo, {
    framework: 'auto',
    paths: ['db/*.sql'],
    changed: new Set(['db/two.sql']),
  });
  expect(histories.flatMap(h => h.migrations.map(m => [m.file, m.changed]))).toEqual([
    ['db/one.sql', false],
    ['db/two.sql', true],
  ]);
});

const SHOP = {
  'db/migrate/1_users.rb': 'class Users < ActiveRecord::Migration[8.0]\nend',
  'Cargo.toml': '',
  'crate/V1__users.sql': 'select 1;',
  'sql/1_users.postgres.up.sql': 'select 1;',
};

test('a tool with a mark of its own comes before those known by names alone', async () => {
  const { histories } = await collect(repoOf(SHOP), { framework: 'auto', paths: null, changed: new Set() });
  expect(histories.map(history => `${history.framework} ${history.root}`)).toEqual([
    'pop sql',
    'rails db/migrate',
    'refinery crate',
  ]);
});

test('a program is a blind spot on its first line, unless paths leaves it out', async () => {
  const wanted = { framework: 'auto', changed: new Set<string>() };
  const all = (await collect(repoOf(SHOP), { ...wanted, paths: null })).histories.flatMap(
    history => history.migrations,
  );
  expect(all.filter(one => one.unread.length > 0).map(one => [one.file, one.sql.trim(), one.unread[0]?.line])).toEqual([
    ['db/migrate/1_users.rb', '', 1],
  ]);
  const some = (await collect(repoOf(SHOP), { ...wanted, paths: ['sql/**'] })).histories.flatMap(
    history => history.migrations,
  );
  expect(some.map(one => one.file)).toEqual(['sql/1_users.postgres.up.sql']);
});

test('an unknown tool is refused with the nearest known one', async () => {
  await expect(collect(repoOf({}), { framework: 'prizma', paths: null, changed: new Set() })).rejects.toThrow(
    'Did you mean "prisma"?',
  );
});

test('a folder stays with the tool that it had before the change', async () => {
  const repo = repoOf({ 'migrations/1_a.sql': '-- +goose Up\nselect 1;\n-- +goose Down\ndrop table a;' });
  const wanted = { framework: 'auto', paths: null, changed: new Set(['migrations/1_a.sql']) };
  const of = (tool: string) => () => new Set([tool]);
  const idsOf = async (owners: (path: string) => ReadonlySet<string> | null): Promise<string[]> =>
    (await collect(repo, { ...wanted, owners })).histories.map(({ framework }) => framework);
  expect(await idsOf(() => null)).toEqual(['goose']);
  expect(await idsOf(of('goose'))).toEqual(['goose']);
  expect(await idsOf(of('plain-sql'))).toEqual(['plain-sql']);
});

const CHANGELOG = '--liquibase formatted sql\n--changeset ann:1\ncreate table users (id bigint);\n';
const APPENDED = `${CHANGELOG}--changeset ann:2\ncreate index users_id on users (id);\n`;
const appended = {
  framework: 'auto',
  paths: null,
  changed: new Set(['db/changelog/1.sql']),
};

test('a changeset that stood in the file before is history, one that is appended or edited is changed', async () => {
  const repo = repoOf({ 'db/changelog/1.sql': APPENDED });
  const states = async (text: string | null): Promise<[string, boolean][]> =>
    (await collect(repo, { ...appended, before: () => Promise.resolve(text) })).histories.flatMap(({ migrations }) =>
      migrations.map((one): [string, boolean] => [one.id, one.changed]),
    );
  expect(await states(CHANGELOG)).toEqual([
    ['ann:1', false],
    ['ann:2', true],
  ]);
  expect(await states(APPENDED.replace('bigint', 'int'))).toEqual([
    ['ann:1', true],
    ['ann:2', false],
  ]);
  expect(await states(null)).toEqual([
    ['ann:1', true],
    ['ann:2', true],
  ]);
});

test('without the text before, which changesets are new is a blind spot', async () => {
  const { histories: found } = await collect(repoOf({ 'db/changelog/1.sql': APPENDED }), appended);
  expect(found.flatMap(({ migrations }) => migrations.map(one => one.unread.length))).toEqual([1, 1]);
});

test('files of other directories do not change the order in one', async () => {
  let seed = 1;
  const pick = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  for (let round = 0; round < 100; round += 1) {
    const names = Array.from({ length: 60 }, () =>
      pick(2) === 0 ? `00${pick(9) + 1}_x.sql` : `${'mnopq'.charAt(pick(5))}.sql`,
    );
    const paths = [...new Set(names.map(name => `${'abcdefghij'.charAt(pick(10))}/migrations/${name}`))].sort();
    const histories = await plainSql.histories({ paths, read: () => Promise.resolve('select 1;') });
    for (const { migrations } of histories) {
      const ids = migrations.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort());
    }
  }
});
