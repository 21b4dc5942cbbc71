import { describe, expect, test } from '@jest/globals';
import { collect } from '../src/collect.ts';
import type { Repo } from '../src/framework.ts';
import { frameworks } from '../src/frameworks/index.ts';

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
    async (_, { files, expect: lines }) => {
      const histories = await framework.histories(repoOf(files));
      const migrations = histories.flatMap(history => history.migrations);
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

test('a file belongs to one tool only', async () => {
  for (const { examples } of frameworks)
    for (const { files } of examples) {
      const histories = await collect(repoOf(files), { framework: 'auto', paths: null, changed: new Set() });
      const claims = histories.flatMap(history => history.migrations.map(m => `${m.direction} ${m.file}`));
      expect(new Set(claims).size).toBe(claims.length);
    }
});

test('paths names files that no tool claims', async () => {
  const repo = repoOf({ 'db/one.sql': 'select 1;', 'db/two.sql': 'select 2;', 'other/three.sql': 'select 3;' });
  const histories = await collect(repo, { framework: 'auto', paths: ['db/*.sql'], changed: new Set(['db/two.sql']) });
  expect(histories.flatMap(h => h.migrations.map(m => [m.file, m.changed]))).toEqual([
    ['db/one.sql', false],
    ['db/two.sql', true],
  ]);
});

test('an unknown tool is refused with the nearest known one', async () => {
  await expect(collect(repoOf({}), { framework: 'prizma', paths: null, changed: new Set() })).rejects.toThrow(
    'Did you mean "prisma"?',
  );
});
