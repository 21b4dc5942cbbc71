import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What a change does to merged migrations without touching their files: through code they import, or settings. */
type Files = Readonly<Record<string, string>>;

let repo: GitRepo;
beforeEach(() => {
  repo = new GitRepo();
});
afterEach(() => repo.remove());

/** Verdict, findings about merged migrations, and what takes data away. */
function said(before: Files, after: Files): string[] {
  repo.commit(before);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(after);
  const { conclusion, findings } = reportOf(repo.root, '--base', 'main');
  return [
    conclusion,
    ...findings
      .filter(({ rule }) => /migration$|^(dropped-|truncated-)/.test(rule))
      .map(
        ({ rule, severity, span, message }) =>
          `${severity} ${rule} ${span.file}: ${/imports \S+|configuration/.exec(message)?.[0] ?? ''}`,
      ),
  ];
}

describe('code that merged programs import', () => {
  const FIRST = 'migrations/20240101000000_users.ts';
  const program = (from: string): string =>
    `import { users } from '${from}';\nexport async function up(knex) {\n  await users(knex);\n}\nexport async function down() {}\n`;
  const helper = (sql: string): string => `export const users = knex => knex.raw(\`${sql}\`);\n`;
  const MADE = helper('create table users (id bigint)');

  test.each<[string, string, string, Files]>([
    ['beside it', './lib/users', 'migrations/lib/users.ts', {}],
    ['with an ending of JavaScript', './lib/users.js', 'migrations/lib/users.ts', {}],
    ['as a folder', './lib', 'migrations/lib/index.js', {}],
    [
      'by way of another',
      './lib/all',
      'migrations/lib/users.ts',
      { 'migrations/lib/all.ts': "export * from './users';\n" },
    ],
  ])('edited %s, it edits them', (_, from, path, files) => {
    const before = { ...files, 'knexfile.js': 'module.exports = {};\n', [FIRST]: program(from), [path]: MADE };
    expect(said(before, { [path]: helper('create table users (id bigint, phone text)') })).toEqual([
      'fail',
      `error edited-migration ${FIRST}: imports ${path},`,
    ]);
  });

  test('of the application, it may', () => {
    const before = { 'knexfile.js': 'module.exports = {};\n', [FIRST]: program('../src/users'), 'src/users.ts': MADE };
    expect(said(before, { 'src/users.ts': helper('drop table users') })).toEqual([
      'warn',
      `warning edited-migration ${FIRST}: imports src/users.ts,`,
    ]);
  });

  test.each<[string, Files]>([
    ['a comment in it', { 'migrations/lib/users.ts': `// made first\n${MADE}` }],
    ['other code', { 'src/other.ts': 'export const one = 2;\n' }],
  ])('%s is no edit', (_, after) => {
    const before = {
      'knexfile.js': 'module.exports = {};\n',
      [FIRST]: program('./lib/users'),
      'migrations/lib/users.ts': MADE,
      'src/other.ts': 'export const one = 1;\n',
    };
    expect(said(before, after)).toEqual(['pass']);
  });

  test('what a program that is read whole imports does not matter', () => {
    const text =
      "import { table } from './lib/users';\nexport const up = knex => knex.raw('create table users (id bigint)');\nexport const down = () => table;\n";
    const before = {
      'knexfile.js': 'module.exports = {};\n',
      [FIRST]: text,
      'migrations/lib/users.ts': 'export const table = 1;\n',
    };
    expect(said(before, { 'migrations/lib/users.ts': 'export const table = 2;\n' })).toEqual(['pass']);
  });
});

describe('settings are those of the base', () => {
  const FIRST = 'db/migration/V1__users.sql';
  const SECOND = 'db/migration/V3__orders.sql';
  const LATE = 'db/migration/V2__late.sql';
  const SQL = {
    [FIRST]: 'create table ${t} (id bigint primary key, phone text);\n',
    [SECOND]: 'create table orders (id bigint);\n',
  };
  const conf = (table: string, more = ''): Files => ({ 'flyway.conf': `flyway.placeholders.t=${table}\n${more}` });

  test.each<[string, (value: string) => Files]>([
    ['flyway.conf', value => conf(value)],
    ['flyway.toml', value => ({ 'flyway.toml': `[flyway.placeholders]\nt = "${value}"\n` })],
    ['application.properties', value => ({ 'src/application.properties': `spring.flyway.placeholders.t=${value}\n` })],
  ])('another value of a placeholder in %s edits merged migrations', (_, settings) => {
    expect(said({ ...SQL, ...settings('users') }, settings('people'))).toEqual([
      'fail',
      `error edited-migration ${FIRST}: configuration`,
    ]);
  });

  test('what merged migrations made is what the base fills in', () => {
    const drop = { ...conf('people'), 'db/migration/V4__drop.sql': 'drop table users;\n' };
    expect(said({ ...SQL, ...conf('users') }, drop)).toEqual([
      'fail',
      `error edited-migration ${FIRST}: configuration`,
      'error dropped-table db/migration/V4__drop.sql: ',
    ]);
  });

  test('a repeatable migration is run again, and its new text is checked', () => {
    const again = { 'db/migration/R__clean.sql': 'truncate ${gone};\n' };
    const [before, after] = ['scratch', 'orders'].map(gone => conf('users', `flyway.placeholders.gone=${gone}\n`));
    const made = { 'db/migration/V2__scratch.sql': 'create table scratch (id bigint);\n' };
    expect(said({ ...SQL, ...made, ...again, ...before }, { ...after })).toEqual([
      'fail',
      'error truncated-table db/migration/R__clean.sql: ',
    ]);
  });

  test.each<[string, string, string, string]>([
    ['outOfOrder of the base holds', 'flyway.outOfOrder=true\n', 'flyway.outOfOrder=true\n', 'warning'],
    ['one that the change brings does not', '', 'flyway.outOfOrder=true\n', 'error'],
    ['one that the change takes away holds still', 'flyway.outOfOrder=true\n', '', 'warning'],
  ])('%s', (_, before, after, severity) => {
    const [, found] = said({ ...SQL, ...conf('users', before) }, { ...conf('users', after), [LATE]: 'select 1;\n' });
    expect(found).toBe(`${severity} out-of-order-migration ${LATE}: `);
  });

  test('exec_order of Atlas', () => {
    const files = { 'm/atlas.sum': 'h1:\n', 'm/20240101_a.sql': 'select 1;\n', 'm/20240301_b.sql': 'select 2;\n' };
    const hcl = { 'atlas.hcl': 'env "x" {\n  migration {\n    exec_order = NON_LINEAR\n  }\n}\n' };
    expect(said({ ...files, ...hcl }, { 'm/20240201_c.sql': 'select 3;\n' })[1]).toBe(
      'warning out-of-order-migration m/20240201_c.sql: ',
    );
  });
});
