import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TOOLS_WITH_KNOWN_BEHAVIOR, behaviorOf } from '../src/history/tool-behavior.ts';
import { frameworkIds } from '../src/frameworks/index.ts';
import { fakeGitHub } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction } from './helpers/run-action.ts';
import { reportOf, runCli } from './helpers/run-cli.ts';

type Files = Readonly<Record<string, string>>;

let repo: GitRepo;
beforeEach(() => {
  repo = new GitRepo();
});
afterEach(() => repo.remove());

const USERS = 'create table users (id bigint primary key, phone text, name text);\n';
const ORDERS = 'create table orders (id bigint primary key, user_id bigint);\n';
const DROP = 'alter table users drop column phone;\n';

const remove = (...paths: readonly string[]): void => {
  for (const path of paths) rmSync(join(repo.root, path), { recursive: true });
};
const move = (from: string, to: string): void => {
  mkdirSync(dirname(join(repo.root, to)), { recursive: true });
  renameSync(join(repo.root, from), join(repo.root, to));
};

/** Verdict, errors and warnings about columns and merged migrations with their lines, blind spots that fail. */
function analyzed(before: Files, change: () => Files, ...args: readonly string[]): string[] {
  repo.commit(before);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(change());
  return said(...args);
}

function said(...args: readonly string[]): string[] {
  const { conclusion, findings, blindSpots } = reportOf(repo.root, '--base', 'main', ...args);
  return [
    conclusion,
    ...findings
      .filter(({ rule, allowed }) => allowed === null && /migration$|^(dropped-|duplicate-|truncated-)/.test(rule))
      .map(({ rule, severity, span }) => `${severity} ${rule} ${span.file}:${span.line}`)
      .sort(),
    ...blindSpots
      .filter(({ kind }) => kind === 'unread' || kind === 'syntax')
      .map(({ span }) => `unread ${span?.file ?? ''}`),
  ];
}

interface Tool {
  readonly tool: string;
  readonly marks?: Files;
  /** Files of the first, the second and the third migration, and of one between the first two. */
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly between: string;
  readonly renamed: string;
  readonly holds?: (sql: string) => string;
  /** The line of what is appended to the first. */
  readonly appended: number;
}

const knex = (sql: string): string =>
  `exports.up = async function (knex) {\n${sql.replace(/^(.+);$/gm, '  await knex.raw(`$1`);')}};\nexports.down = async () => {};\n`;
const goose = (sql: string): string => `-- +goose Up\n${sql}-- +goose Down\n`;
const prismaAt = (name: string): string => `prisma/migrations/${name}/migration.sql`;

const TOOLS: readonly Tool[] = [
  {
    tool: 'prisma',
    marks: { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' },
    first: prismaAt('20240101000000_users'),
    second: prismaAt('20240201000000_orders'),
    third: prismaAt('20240301000000_more'),
    between: prismaAt('20240115000000_late'),
    renamed: prismaAt('20240101000001_users'),
    appended: 2,
  },
  {
    tool: 'flyway',
    first: 'db/migration/V1__users.sql',
    second: 'db/migration/V2__orders.sql',
    third: 'db/migration/V3__more.sql',
    between: 'db/migration/V1.5__late.sql',
    renamed: 'db/migration/V1.1__users.sql',
    appended: 2,
  },
  {
    tool: 'golang-migrate',
    marks: { 'go.mod': 'module x\n' },
    first: 'migrations/000001_users.up.sql',
    second: 'migrations/000003_orders.up.sql',
    third: 'migrations/000004_more.up.sql',
    between: 'migrations/000002_late.up.sql',
    renamed: 'migrations/000002_users.up.sql',
    appended: 2,
  },
  {
    tool: 'goose',
    first: 'migrations/00001_users.sql',
    second: 'migrations/00003_orders.sql',
    third: 'migrations/00004_more.sql',
    between: 'migrations/00002_late.sql',
    renamed: 'migrations/00002_users.sql',
    holds: goose,
    appended: 3,
  },
  {
    tool: 'knex',
    first: 'migrations/20240101000000_users.js',
    second: 'migrations/20240201000000_orders.js',
    third: 'migrations/20240301000000_more.js',
    between: 'migrations/20240115000000_late.js',
    renamed: 'migrations/20240101000001_users.js',
    holds: knex,
    appended: 3,
  },
  {
    tool: 'plain SQL',
    first: 'migrations/001_users.sql',
    second: 'migrations/003_orders.sql',
    third: 'migrations/004_more.sql',
    between: 'migrations/002_late.sql',
    renamed: 'migrations/002_users.sql',
    appended: 2,
  },
];

describe.each(TOOLS)(
  '$tool',
  ({ tool, marks = {}, first, second, third, between, renamed, holds = sql => sql, appended }) => {
    const before = { ...marks, [first]: holds(USERS), [second]: holds(ORDERS) };
    const line = appended - 1;

    test('a new migration is judged on what the base leaves', () => {
      expect(analyzed(before, () => ({ [third]: holds(DROP) }))).toEqual([
        'fail',
        `error dropped-column ${third}:${line}`,
      ]);
    });

    test('an edited one is an error, and so is what it adds', () => {
      expect(analyzed(before, () => ({ [first]: holds(`${USERS}${DROP}`) }))).toEqual([
        'fail',
        `error dropped-column ${first}:${appended}`,
        `error edited-migration ${first}:1`,
      ]);
    });

    test('renamed, with a statement more, it is an error, and so is the statement', () => {
      expect(
        analyzed(before, () => {
          move(first, renamed);
          return { [renamed]: holds(`${USERS}${DROP}`) };
        }),
      ).toEqual(['fail', `error dropped-column ${renamed}:${appended}`, `error renamed-migration ${renamed}:1`]);
    });

    test('deleted, it is an error, and what it made is old', () => {
      expect(
        analyzed(before, () => {
          remove(first);
          return { [third]: holds(DROP) };
        }),
      ).toEqual(['fail', `error deleted-migration ${first}:1`, `error dropped-column ${third}:${line}`]);
    });

    const late = behaviorOf(tool).late === 'applied' ? 'warning' : 'error';
    test(`one that sorts before a merged one is ${late === 'error' ? 'an error' : 'a warning, since it is applied late'}, and judged after all of them`, () => {
      expect(analyzed(before, () => ({ [between]: holds('alter table orders drop column user_id;\n') }))).toEqual([
        'fail',
        `error dropped-column ${between}:${line}`,
        `${late} out-of-order-migration ${between}:1`,
      ]);
    });

    test('a changed mode, and files beside it, are no change', () => {
      const change = (): Files => {
        repo.git('update-index', '--chmod=+x', first);
        repo.git('commit', '-qm', 'mode');
        repo.git('checkout', '-q', '--', '.');
        return { 'README.md': 'more\n' };
      };
      expect(analyzed(before, change)).toEqual(['pass']);
    });
  },
);

const PRISMA = { ...TOOLS[0]?.marks, [prismaAt('1_users')]: USERS, [prismaAt('2_orders')]: ORDERS };
const PLAIN = { 'migrations/001_users.sql': USERS, 'migrations/002_orders.sql': ORDERS };

describe('baselines', () => {
  const squashed =
    (sql: string, more: Files = {}) =>
    (): Files => {
      remove('prisma/migrations/1_users', 'prisma/migrations/2_orders');
      return { [prismaAt('0_init')]: sql, ...more };
    };

  test('that leave the same schema may replace what they stand for, and say so', () => {
    expect(analyzed(PRISMA, squashed(`${USERS}${ORDERS}`))).toEqual(['pass']);
    expect(reportOf(repo.root, '--base', 'main').notes[0]).toContain('0_init replaces 2 merged migrations');
  });

  test('are followed by new ones, which are judged', () => {
    expect(analyzed(PRISMA, squashed(`${USERS}${ORDERS}`, { [prismaAt('3_drop')]: DROP }))).toEqual([
      'fail',
      `error dropped-column ${prismaAt('3_drop')}:1`,
    ]);
  });

  test.each([
    ['another schema', USERS.replace('phone text, ', '') + ORDERS],
    [
      'the same schema by a detour that loses data',
      `${USERS.replace('table', 'table if not exists')}${ORDERS.replace('table', 'table if not exists')}${DROP}alter table users add column phone text;\n`,
    ],
    [
      'the same schema, and no rows',
      `${USERS.replace('table', 'table if not exists')}${ORDERS.replace('table', 'table if not exists')}truncate users;\n`,
    ],
    ['what nobody reads', `${USERS}${ORDERS}do $$ begin execute current_setting('a.b'); end $$;\n`],
  ])('that leave %s are errors', (_, sql) => {
    const [conclusion, ...rest] = analyzed(PRISMA, squashed(sql));
    expect(conclusion).toBe('fail');
    expect(rest.join('\n')).toContain('deleted-migration');
  });
});

describe('what the tool sees', () => {
  const FLYWAY = { 'db/migration/V1__users.sql': USERS, 'db/migration/R__view.sql': 'create view v as select 1;\n' };

  test('comments and white space do not count without a checksum', () => {
    expect(analyzed(PRISMA, () => ({ [prismaAt('1_users')]: `-- why\n${USERS.replace(', ', ',\n')}` }))).toEqual([
      'pass',
    ]);
  });

  test('they do where a checksum covers them', () => {
    expect(analyzed(FLYWAY, () => ({ 'db/migration/V1__users.sql': `-- why\n${USERS}` }))).toEqual([
      'fail',
      'error edited-migration db/migration/V1__users.sql:1',
    ]);
  });

  test('line ends are none of Flyway’s lines', () => {
    expect(analyzed(FLYWAY, () => ({ 'db/migration/V1__users.sql': USERS.replaceAll('\n', '\r\n') }))).toEqual([
      'pass',
    ]);
  });

  test('a repeatable migration is meant to change, and its new text is judged', () => {
    expect(analyzed(FLYWAY, () => ({ 'db/migration/R__view.sql': DROP }))).toEqual([
      'fail',
      'error dropped-column db/migration/R__view.sql:1',
    ]);
  });

  test('a changelog may grow, and an edited changeset of it is an error', () => {
    const file = 'db/changelog/1.sql';
    const log = `--liquibase formatted sql\n--changeset ann:1\n${USERS}`;
    expect(analyzed({ [file]: log }, () => ({ [file]: `${log}--changeset ann:2\n${ORDERS}` }))[0]).not.toBe('fail');
    repo.commit({ [file]: log.replace('name text', 'name varchar') });
    expect(said()).toEqual(['fail', `error edited-migration ${file}:1`]);
  });

  test('Drizzle skips what its journal dates before the newest', () => {
    const journal = (...whens: readonly number[]): string =>
      JSON.stringify({ entries: whens.map((when, idx) => ({ idx, when, tag: `000${idx}_m` })) });
    const [one, log] = ['drizzle/0000_m.sql', 'drizzle/meta/_journal.json'];
    expect(
      analyzed({ [one]: USERS, [log]: journal(100) }, () => ({
        'drizzle/0001_m.sql': ORDERS,
        [log]: journal(100, 90),
      })),
    ).toEqual(['fail', 'error out-of-order-migration drizzle/0001_m.sql:1']);
    repo.commit({ [log]: journal(100, 110) });
    expect(said()[0]).not.toBe('fail');
  });

  test('a version is one migration’s', () => {
    expect(
      analyzed({ 'migrations/00001_a.sql': goose(USERS) }, () => ({ 'migrations/00001_b.sql': goose(ORDERS) })),
    ).toEqual(['fail', 'error duplicate-version migrations/00001_b.sql:1']);
  });

  test('a down migration may be changed, and not be deleted', () => {
    const down = 'migrations/000001_users.down.sql';
    const pair = { 'migrations/000001_users.up.sql': USERS, [down]: 'drop table users;\n' };
    expect(analyzed(pair, () => ({ [down]: 'drop table if exists users;\n' }))).toEqual(['pass']);
    remove(down);
    repo.commit({});
    expect(said()).toEqual(['warn', `warning deleted-migration ${down}:1`]);
  });
});

describe('detours', () => {
  test('a CREATE TABLE that is deleted and written again does not make its table new', () => {
    expect(
      analyzed(PRISMA, () => {
        remove('prisma/migrations/1_users');
        return {
          [prismaAt('3_x')]:
            `${USERS.replace('table', 'table if not exists')}${ORDERS.replace('orders', 'a')}${ORDERS.replace('orders', 'b')}${DROP}`,
        };
      }),
    ).toEqual([
      'fail',
      `error deleted-migration ${prismaAt('1_users')}:1`,
      `error dropped-column ${prismaAt('3_x')}:4`,
    ]);
  });

  test('a folder that is moved takes its history along', () => {
    expect(
      analyzed(PRISMA, () => {
        move('prisma', 'db');
        return { 'db/migrations/3_x/migration.sql': DROP };
      }),
    ).toEqual([
      'fail',
      'error dropped-column db/migrations/3_x/migration.sql:1',
      'warning moved-migration db/migrations/1_users/migration.sql:1',
    ]);
  });

  test('a copy of the folder is no new database', () => {
    const copy = Object.fromEntries(Object.entries(PRISMA).map(([path, text]) => [`other/${path}`, text]));
    expect(analyzed(PRISMA, () => ({ ...copy, [`other/${prismaAt('3_x')}`]: DROP }))).toEqual([
      'fail',
      `error dropped-column other/${prismaAt('3_x')}:1`,
    ]);
  });

  test('an allowance in the file is one, with its reason', () => {
    const said = '-- migration-gate: allow edited-migration: it was never deployed\n';
    expect(
      analyzed(PRISMA, () => ({ [prismaAt('1_users')]: `${said}${USERS.replace('name text', 'name text, age int')}` })),
    ).not.toContain(`error edited-migration ${prismaAt('1_users')}:1`);
  });

  test.each<[string, Files, () => Files, string]>([
    [
      'lock file',
      PRISMA,
      () => (remove('prisma/migrations/migration_lock.toml'), {}),
      'prisma/migrations/1_users/migration.sql',
    ],
    [
      'journal',
      { 'drizzle/0000_m.sql': USERS, 'drizzle/meta/_journal.json': '{"entries":[{"tag":"0000_m","when":1}]}' },
      () => (remove('drizzle/meta'), {}),
      'drizzle/0000_m.sql',
    ],
  ])('without its %s a history is unread', (_, before, change, file) => {
    expect(analyzed(before, change)).toEqual(['fail', `unread ${file}`]);
  });

  test('words of another tool in a new file do not hand it over', () => {
    const forged = `-- +migrate Up\nselect 1;\n-- +migrate Down\n${DROP}`;
    const before = { 'db/migration/V1__users.sql': USERS };
    expect(analyzed(before, () => ({ 'db/migration/V2__x.sql': forged }))).toEqual([
      'fail',
      'error dropped-column db/migration/V2__x.sql:4',
      'unread db/migration/V2__x.sql',
    ]);
  });

  test('all migrations deleted are said once', () => {
    expect(
      analyzed(PLAIN, () => {
        remove('migrations');
        return { 'a.txt': '' };
      }),
    ).toEqual([
      'fail',
      'error deleted-migration migrations/001_users.sql:1',
      'error deleted-migration migrations/002_orders.sql:1',
    ]);
  });
});

describe('links and submodules', () => {
  const link = (target: string, path: string): void => symlinkSync(target, join(repo.root, path));

  test('a folder that becomes a link is read through it', () => {
    expect(
      analyzed(PLAIN, () => {
        move('migrations', 'stuff');
        link('stuff', 'migrations');
        return { 'stuff/003_x.sql': DROP };
      }),
    ).toEqual(['fail', 'error dropped-column migrations/003_x.sql:1']);
  });

  test('what a link to a folder leads to changes with it', () => {
    repo.write({ 'stuff/001_users.sql': USERS });
    link('stuff', 'migrations');
    expect(analyzed({}, () => ({ 'stuff/002_x.sql': DROP }))).toEqual([
      'fail',
      'error dropped-column migrations/002_x.sql:1',
    ]);
  });

  test('a file that becomes a link to another text is edited', () => {
    expect(
      analyzed({ ...PLAIN, 'lib/x.txt': `${USERS}${DROP}` }, () => {
        remove('migrations/001_users.sql');
        link('../lib/x.txt', 'migrations/001_users.sql');
        return {};
      }),
    ).toEqual([
      'fail',
      'error dropped-column migrations/001_users.sql:2',
      'error edited-migration migrations/001_users.sql:1',
    ]);
  });

  test('a link that becomes a file is compared with what it led to', () => {
    repo.write({ ...PLAIN, 'lib/x.txt': 'create table t (id int, a int);\n' });
    link('../lib/x.txt', 'migrations/003_t.sql');
    const change = (): Files => {
      remove('migrations/003_t.sql');
      return { 'migrations/003_t.sql': 'create table t (id int, a int);\nalter table t drop column a;\n' };
    };
    expect(analyzed({}, change)).toEqual([
      'fail',
      'error dropped-column migrations/003_t.sql:2',
      'error edited-migration migrations/003_t.sql:1',
    ]);
  });

  test.each([
    ['file', 'migrations/003_x.sql'],
    ['folder', 'db/migrations'],
  ])('a %s that is a link to the outside is unread', (_, path) => {
    expect(
      analyzed({ ...PLAIN, 'db/a.txt': '' }, () => {
        link('/etc/hostname', path);
        return {};
      }),
    ).toEqual(['fail', `unread ${path}`]);
  });

  test('a folder that becomes a submodule is unread', () => {
    repo.commit(PLAIN);
    const commit = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '-q', '-b', 'topic');
    repo.git('rm', '-rq', 'migrations');
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},migrations`);
    repo.git('commit', '-qm', 'submodule');
    expect(said().at(-1)).toBe('unread migrations');
  });
});

describe('doors', () => {
  const LATER = 'migrations/003_x.sql';

  test('--changed uses the base that git knows, and takes a file that did not change for new', () => {
    repo.commit(PLAIN);
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ 'migrations/001_users.sql': `${USERS}${DROP}` });
    expect(said('--changed', 'migrations/001_users.sql')).toEqual([
      'fail',
      'error dropped-column migrations/001_users.sql:2',
      'error edited-migration migrations/001_users.sql:1',
    ]);
    const { migrations, findings } = reportOf(repo.root, '--changed', 'migrations/002_orders.sql');
    expect(migrations.map(({ file }) => file)).toEqual(['migrations/002_orders.sql']);
    expect(findings.map(({ rule }) => rule)).not.toContain('edited-migration');
  });

  test('outside git there is no base', () => {
    repo.write({ ...PLAIN, [LATER]: DROP });
    remove('.git');
    expect(runCli(repo.root, ['check', '--changed', LATER]).stdout).toContain('dropped-column');
  });

  const event = ({ base, head }: { base: string; head: string }): object => ({
    pull_request: {
      number: 7,
      user: { login: 'ada' },
      head: { sha: head, ref: 'topic', repo: { full_name: 'acme/shop' } },
      base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
    },
  });
  const EDIT = { 'migrations/001_users.sql': `${USERS}${DROP}` };

  test.each([
    ['pull_request', true],
    ['pull_request_target', false],
  ])('%s: an edit is one', async (eventName, atMerge) => {
    repo.commit(PLAIN);
    const sides = repo.pullRequest(EDIT);
    if (!atMerge) repo.git('checkout', '-q', '--detach', sides.base);
    const github = await fakeGitHub();
    const outcome = await runAction({ workspace: repo.root, api: github.url, event: event(sides), eventName });
    await github.close();
    expect(outcome.report).toContain('"edited-migration"');
    expect(outcome.report).toContain('"dropped-column"');
    expect(outcome.code).toBe(1);
  });

  describe('where git lacks the base', () => {
    const without = async (files: readonly object[]): ReturnType<typeof runAction> => {
      repo.commit(PLAIN);
      const sides = repo.pullRequest(EDIT);
      const copy = new GitRepo();
      copy.write({ ...PLAIN, ...EDIT });
      const github = await fakeGitHub({ files, git: (...args) => repo.git(...args) });
      const outcome = await runAction({ workspace: copy.root, api: github.url, event: event(sides) });
      await github.close();
      copy.remove();
      expect(github.mistakes).toEqual([]);
      return outcome;
    };

    test('its files are read by GitHub’s interface', async () => {
      const { report, code } = await without([{ filename: 'migrations/001_users.sql', status: 'modified' }]);
      expect(report).toContain('"edited-migration"');
      expect(report).toContain('"dropped-column"');
      expect(code).toBe(1);
    });

    test('an empty list of files is no answer', async () => {
      const { outputs, code } = await without([]);
      expect(outputs).toEqual({ conclusion: 'could-not-judge' });
      expect(code).toBe(1);
    });
  });
});

test('the conduct of every tool is known', () => {
  expect([...TOOLS_WITH_KNOWN_BEHAVIOR, 'plain-sql'].sort()).toEqual([...frameworkIds].sort());
});
