import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { progressLine } from '../src/input/command-line/progress.ts';
import { HELP_LINES } from '../src/config/help-lines.ts';
import { acceptedAt, namesAt } from '../src/config/names.ts';
import { OPTIONS, type OptionSpec } from '../src/config/options.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runCli, type CliOutcome } from './helpers/run-cli.ts';

/** Help, colours and progress, through the bundle. */
let repo: GitRepo;
beforeAll(() => {
  repo = new GitRepo();
  repo.commit({ 'migrations/001_users.sql': 'create table users (id bigint primary key);\n' });
  repo.pullRequest({
    'migrations/002_email.sql': 'create index users_id on users (id);\n',
    'print.cjs': "setTimeout(() => console.log('create table users (id bigint primary key);'), 1500);\n",
  });
});
afterAll(() => repo.remove());

/** No terminal, unless a module that is loaded first says so. */
const cli = (args: readonly string[], env: Readonly<Record<string, string>> = {}): CliOutcome =>
  runCli(repo.root, args, { env: { CI: '', ...env } });
const terminal = (what: string): { NODE_OPTIONS: string } => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(what)}`,
});
const STDERR = 'process.stderr.isTTY = true; process.stderr.columns = 80;';
const lines = (text: string): string[] => text.replace(/\n$/, '').split('\n');
const longest = (text: string): number => Math.max(...lines(text).map(line => line.length));
const FLAGS = namesAt('flag').filter(name => name !== 'paths');

describe('--help', () => {
  test('fits on a screen, and has a line for each of the options that it shows', () => {
    const { code, stdout } = cli(['--help']);
    expect(code).toBe(0);
    expect(lines(stdout).length).toBeLessThanOrEqual(40);
    expect(longest(stdout)).toBeLessThanOrEqual(80);
    const options = lines(stdout).filter(line => /^ {2}-/.test(line));
    expect(options.length).toBeGreaterThan(15);
    for (const line of options) expect(line).toMatch(/^ {2}\S.*? {2,}\S/);
    expect(cli(['-h']).stdout).toBe(stdout);
    expect(cli(['help']).stdout).toBe(stdout);
  });

  test('without a command it goes to standard error, with exit status 2', () => {
    const { code, stdout, stderr } = cli([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(cli(['--help']).stdout);
  });

  test('of check has every flag, on three lines at most', () => {
    const { code, stdout } = cli(['help', 'check']);
    expect(code).toBe(0);
    expect(longest(stdout)).toBeLessThanOrEqual(80);
    const ofDeploy = ['history-table', 'migration-role', 'preflight', 'preflight-limits'];
    const names = [
      ...FLAGS.filter(name => !ofDeploy.includes(name)),
      'paths',
      'base',
      'changed',
      'all',
      'format',
      'output',
      'schema',
      'help',
      'version',
    ];
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  (-\\w, )?--(\\[no-\\])?${name}( |$)`, 'm'));
    for (const entry of stdout.split(/\n(?= {2}-)/).slice(1))
      expect((entry.split('\n\n', 1)[0] ?? '').split('\n').length).toBeLessThanOrEqual(2);
    expect(cli(['check', '--help']).stdout).toBe(stdout);
    expect(cli(['check', '-h', '--all']).stdout).toBe(stdout);
  });

  test('has a line for every flag, and for nothing else', () => {
    const own = ['base', 'changed', 'all', 'database-url', 'format', 'output', 'schema', 'help', 'version'];
    expect(Object.keys(HELP_LINES).sort()).toEqual([...namesAt('flag'), ...own].sort());
  });

  test.each(['deploy', 'history'])('of %s', command => {
    const { code, stdout } = cli(['help', command]);
    expect(code).toBe(0);
    expect(longest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).toContain(`Usage: migration-gate ${command}`);
    for (const name of ['database-url', 'history-table', 'output']) expect(stdout).toContain(`--${name} `);
    expect(stdout).toContain('Exit status: 0');
    expect(cli([command, '--help']).stdout).toBe(stdout);
  });

  test('of explain', () => {
    expect(cli(['explain', '--help']).stdout).toContain('Usage: migration-gate explain ID...');
  });

  test.each(Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>))('of %s is its text', (name, spec) => {
    const { code, stdout } = cli(['help', name]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(spec.doc.replaceAll('`', '').replace(/\s+/g, ' '));
  });

  test('of an option by its dashes, its short form, its negation and its former name', () => {
    const of = (name: string): string => cli(['help', name]).stdout;
    expect(of('--fail-on')).toBe(of('fail-on'));
    expect(of('-f')).toBe(of('--format'));
    expect(of('-f')).toContain('-f, --format FORMAT');
    expect(of('--no-concurrent-load')).toBe(of('concurrent-load'));
    // `help history` is about the command, too.
    for (const [given, [name]] of [...acceptedAt('flag')].filter(([, [name]]) => name !== 'history'))
      expect(of(`--${given}`)).toBe(of(name));
    expect(of('canary')).toContain('Former name, deprecated: canary');
    expect(cli(['help', 'fail-on', 'seed']).stdout).toContain(`${of('fail-on')}\n${of('seed')}`);
  });

  test.each([
    [['help', 'fail-onn'], 'Did you mean "fail-on"?'],
    [['help', '--databse'], 'Did you mean "database"?'],
    [['help', 'constructor'], 'Unknown command or option: "constructor".'],
    [['help', 'blocking-index-build'], 'migration-gate explain ID'],
    [['chekc', '--help'], 'Did you mean "check"?'],
  ])('%j is not known: 2, and the nearest', (args, text) => {
    const { code, stdout, stderr } = cli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(text);
  });

  test('is as wide as the terminal', () => {
    for (const columns of [48, 60, 80, 100])
      for (const args of [['--help'], ['help', 'check'], ['help', 'database']]) {
        const { stdout } = cli(args, { COLUMNS: String(columns) });
        const isLong = (line: string): boolean => line.length > columns && !/^ {2}(migration-gate|--)/.test(line);
        expect(lines(stdout).filter(isLong)).toEqual([]);
      }
    const tty = terminal('process.stdout.isTTY = true; process.stdout.columns = 60;');
    expect(longest(cli(['help', 'database'], tty).stdout)).toBeLessThanOrEqual(60);
    expect(cli(['help', 'database'], { COLUMNS: 'many' }).stdout).toBe(cli(['help', 'database']).stdout);
  });
});

test.each([
  [['check', '--base'], '--base: value missing.'],
  [['check', '--base', '--all'], '--base: value missing.'],
  [['check', '-f'], '--format: value missing.'],
  [['check', '-x'], 'Unknown option -x.'],
  [['check', '--frmat', 'json'], 'Unknown option --frmat. Did you mean "--format"?'],
  [['check', '--fail-on=x'], '--fail-on: must be one of error, warning, never; got "x".'],
])('%j is a mistake in one line, with the way out', (args, text) => {
  const { code, stderr } = cli(args);
  expect([code, stderr.split('\n')]).toEqual([
    2,
    [`migration-gate: ${text}`, expect.stringContaining('migration-gate '), ''],
  ]);
});

describe('colours', () => {
  const TTY = terminal('process.stdout.isTTY = true;');
  const isColoured = (args: readonly string[], env: Readonly<Record<string, string>>): boolean =>
    cli(args, { FORCE_COLOR: undefined as never, NO_COLOR: undefined as never, TERM: 'xterm', ...env }).stdout.includes(
      '\u001b[',
    );

  test.each([['--help'], ['check']])('%s', (...args) => {
    expect(isColoured(args, {})).toBe(false);
    expect(isColoured(args, TTY)).toBe(true);
    expect(isColoured(args, { ...TTY, NO_COLOR: '1' })).toBe(false);
    expect(isColoured(args, { ...TTY, NO_COLOR: '' })).toBe(true);
    expect(isColoured(args, { ...TTY, TERM: 'dumb' })).toBe(false);
    expect(isColoured(args, { ...TTY, FORCE_COLOR: '0' })).toBe(false);
    expect(isColoured(args, { FORCE_COLOR: '1' })).toBe(true);
  });
});

describe('progress', () => {
  const CLEAR = '\r\u001b[K';
  const slow = ['check', '--base', 'main', '--schema-command', 'node print.cjs'];

  test('a run of more than a second says on standard error what it does, and takes that away', () => {
    const { stdout, stderr } = cli(slow, terminal(STDERR));
    expect(stderr.startsWith(`${CLEAR}Checking migrations … 2 of 2`)).toBe(true);
    expect(stderr.endsWith(CLEAR)).toBe(true);
    expect(stdout).toContain('blocking-index-build');
    expect(stdout).not.toContain('Checking');
  });

  test('not in CI, not without a terminal, not in a short run', () => {
    expect(cli(slow, { ...terminal(STDERR), CI: 'true' }).stderr).toBe('');
    expect(cli(slow).stderr).toBe('');
    expect(cli(['check', '--base', 'main'], terminal(STDERR)).stderr).toBe('');
  });

  test('is taken away before an error is told', () => {
    const failing = 'node -e "setTimeout(()=>process.exit(3),1500)"';
    const { code, stderr } = cli(['check', '--base', 'main', '--schema-command', failing], terminal(STDERR));
    expect(code).toBe(2);
    expect(stderr).toContain(`Checking migrations … 2 of 2${CLEAR}migration-gate: schema-command`);
  });

  test('never wraps', async () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 30, write: (text: string): boolean => written.push(text) > 0 };
    const { progress, end } = progressLine(stream, {});
    await new Promise(resolve => void setTimeout(resolve, 1100));
    progress('Applying migrations to Postgres 17', 12, 5000);
    end();
    end();
    progress('late', 1, 2);
    expect(written).toEqual([`${CLEAR}Applying migrations to Postgr`, CLEAR]);
  });
});
