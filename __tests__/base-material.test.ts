import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../src/model/report.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What else a change can edit to be judged otherwise: checks, seeds, programs, and files that migrations send. Bundle. */
let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

type Files = Readonly<Record<string, string | null>>;

function put(files: Files): void {
  for (const [path, text] of Object.entries(files)) if (text === null) repo.git('rm', '-q', path);
  repo.commit(
    Object.fromEntries(
      Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  );
}
function check(base: Files, change: Files, ...flags: readonly string[]): Report {
  put(base);
  repo.git('checkout', '-q', '-b', 'topic');
  put(change);
  return reportOf(repo.root, '--base', 'main', ...flags);
}
const brief = ({ findings, blindSpots, conclusion }: Report): string[] => [
  ...findings.map(({ rule, severity, span }) => `${severity} ${rule} ${span.file}:${span.line}`).sort(),
  ...blindSpots.map(({ span }) => `blind ${span?.file ?? ''}:${span?.line ?? ''}`),
  conclusion,
];
const messageOf = ({ findings }: Report, rule: string): string =>
  findings.find(finding => finding.rule === rule)?.message ?? '';

describe('checks and seeds are those of the base', () => {
  const CHECK = '-- must return no rows\nselect * from orders where total < 0;\n';
  const BASE = {
    'migrations/001_shop.sql': 'CREATE TABLE orders (id int PRIMARY KEY, total int);\n',
    'db/seed.sql': 'INSERT INTO orders VALUES (1, 5);\n',
    'db/checks.sql': CHECK,
    '.migration-gate.yml': 'seed: db/seed.sql\nintegrity-checks: db/checks*.sql\n',
  };
  const LOSES = {
    'migrations/002_minus.sql': "SET lock_timeout = '1s';\nUPDATE orders SET total = -total WHERE id = 1;\n",
  };
  const ON = ['--database', 'embedded', '--postgres-version', '17'];

  test.each([
    [
      'deleted',
      { 'db/checks.sql': null },
      /^db\/checks.sql is deleted; .* decide until the merge\. Gone would be "must return no rows: select \* from orders where total < 0;"\.$/,
    ],
    [
      'weakened',
      { 'db/checks.sql': CHECK.replace('< 0', '< -9') },
      /is changed; .*; new "must return no rows: select \* from orders where total < -9;"\.$/,
    ],
  ])(
    'a check that is %s is asked all the same',
    (_, edit, message) => {
      // The checks that are left by a change that deletes them all.
      const report = check(
        BASE,
        { ...LOSES, ...edit, 'db/checks-too.sql': CHECK.replace('total < 0', 'id is null') },
        ...ON,
      );
      expect(brief(report)).toEqual([
        'error integrity-check db/checks.sql:1',
        'warning changed-rehearsal db/checks.sql:1',
        'fail',
      ]);
      expect(messageOf(report, 'changed-rehearsal')).toMatch(message);
    },
    60_000,
  );

  test('a seed that is emptied is used as it was; checks that come new are asked, and cannot end the transaction', () => {
    const added = '-- must return no rows\ncommit; delete from orders; select 1 where false;\n';
    const report = check(BASE, { ...LOSES, 'db/seed.sql': '\n', 'db/checks-a.sql': added }, ...ON);
    expect(brief(report)).toEqual([
      'error integrity-check db/checks-a.sql:1',
      'error integrity-check db/checks.sql:1',
      'warning changed-rehearsal db/seed.sql:1',
      'fail',
    ]);
    expect(messageOf(report, 'changed-rehearsal')).toBe(
      'db/seed.sql is changed; the seed of the base branch is used until the merge. Of its lines 1 would be gone, and 0 new.',
    );
  }, 60_000);

  test('a file that moves, and one that gains a check, are no news', () => {
    const change = { 'db/checks.sql': null, 'db/checks-b.sql': `${CHECK}-- must not change\nselect 1;\n` };
    const report = check(BASE, { ...change, 'migrations/002.sql': 'SELECT 1;\n' }, ...ON);
    expect(brief(report)).toEqual(['pass']);
  }, 60_000);
});

test.each([
  ['itself', 'node tools/print.js {file}', 'it'],
  ['by a script', 'npm run print -- {file}', 'it by the script print'],
])('a program that a command runs, %s, is said where it is edited', (_, command, how) => {
  const base = {
    'package.json': '{"scripts":{"print":"node ./tools/print.js"}}',
    'tools/print.js': '1',
    'migrations/001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\n',
  };
  const report = check(
    base,
    { 'tools/print.js': '2', 'migrations/002_b.sql': 'SELECT 1;\n' },
    '--sql-command',
    command,
  );
  expect(brief(report)).toEqual(['warning changed-rehearsal tools/print.js:1', 'warn']);
  expect(messageOf(report, 'changed-rehearsal')).toContain(`sql-command runs ${how}:`);
});

describe('a file that merged migrations send', () => {
  const SHOP = 'CREATE TABLE orders (id int PRIMARY KEY, note text);\n';
  const SENT = {
    'migrations/001_shop.sql': SHOP,
    'migrations/002_fill.sql': '\\i sql/fill.sql\n',
    'sql/fill.sql': "INSERT INTO orders VALUES (1, 'a');\n",
  };

  test('edited, it edits them, and what is new in it is judged', () => {
    const report = check(SENT, { 'sql/fill.sql': "INSERT INTO orders VALUES (1, 'a');\nDROP TABLE orders;\n" });
    expect(brief(report)).toEqual(
      expect.arrayContaining([
        'error edited-migration migrations/002_fill.sql:1',
        'error dropped-table migrations/002_fill.sql:1',
      ]),
    );
    expect(messageOf(report, 'edited-migration')).toContain(
      '002_fill.sql was merged before, and sends sql/fill.sql, which is edited',
    );
  });

  test('deleted, it edits them', () => {
    expect(brief(check(SENT, { 'sql/fill.sql': null }))).toContain('error edited-migration migrations/002_fill.sql:1');
  });

  test('a comment in it is no edit', () => {
    expect(brief(check(SENT, { 'sql/fill.sql': "-- rows\nINSERT INTO orders VALUES (1, 'a');\n" }))).toEqual(['pass']);
  });

  test('sent again by a new migration, it is judged there, and a warning', () => {
    const report = check(SENT, {
      'sql/fill.sql': 'DROP TABLE orders;\n',
      'migrations/003_again.sql': '\\ir ../sql/fill.sql\n',
    });
    expect(brief(report)).toEqual(
      expect.arrayContaining([
        'warning edited-migration migrations/002_fill.sql:1',
        'error dropped-table migrations/003_again.sql:1',
      ]),
    );
  });

  test('that has another ending, or stands in ignore, is read', () => {
    const base = { 'migrations/001_shop.sql': SHOP, 'sql/a.psql': 'SELECT 1;', 'sql/b.sql': 'SELECT 2;' };
    const report = check(
      { ...base, '.migration-gate.yml': 'ignore: sql/**\n' },
      { 'sql/a.psql': 'DROP TABLE orders;', 'migrations/002_b.sql': '\\i sql/a.psql\n\\i sql/b.sql\n' },
    );
    expect(brief(report)).toEqual(expect.arrayContaining(['error dropped-table migrations/002_b.sql:1', 'fail']));
    expect(report.blindSpots).toEqual([]);
  });

  const RAILS = `class A < ActiveRecord::Migration[7.0]\n  def up\n    execute File.read(Rails.root.join('db/sql/fill.sql'))\n  end\nend\n`;
  const LIQUIBASE = `<databaseChangeLog><changeSet id="1" author="a"><sqlFile path="db/sql/fill.sql"/></changeSet></databaseChangeLog>`;
  test.each([
    ['Rails', 'db/migrate/20200101000000_a.rb', RAILS],
    ['Liquibase', 'db/changelog/master.xml', LIQUIBASE],
  ])('where %s is not followed, it is a blind spot, also with rows alone', (_, file, text) => {
    const report = check(
      { Gemfile: 'gem "rails"', [file]: text, 'db/sql/fill.sql': 'SELECT 1;', 'db/sql/ill.sql': 'SELECT 1;' },
      { 'db/sql/fill.sql': 'DELETE FROM orders;', 'db/sql/ill.sql': 'DELETE FROM orders;' },
    );
    expect(brief(report)).toEqual(['blind db/sql/fill.sql:1', 'fail']);
    expect(report.blindSpots[0]?.because).toContain(`${file} names this file`);
  });
});
