import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COPIES, PSQL, sentBy, type Client } from '../src/sql/psql.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What a client sends of a text, white space folded, and the lines on which that is not known. */
function sent(text: string, client: Client = PSQL): string {
  const { parts, unread } = sentBy(client, text);
  const sql = parts.map(part => (typeof part === 'string' ? part : `<${part.path}>`)).join('');
  return [sql.replace(/\s+/g, ' ').trim(), ...unread.map(({ line }) => `?${line}`)].join(' ').trim();
}

test.each([
  ['a command', '\\set x 1\nselect 1;', 'select 1;'],
  ['a command behind a statement', 'select 1 \\g\ndrop table a;', 'select 1 ; drop table a;'],
  ['no command: in a comment', '/*\n\\echo */ drop table a; /*\n*/', '/* \\echo */ drop table a; /* */'],
  ['no command: in a dollar quote', 'select $x$\n\\echo $x$; drop table a;', 'select $x$ \\echo $x$; drop table a;'],
  ['no command: in a string', "select '\n\\echo '; drop table a;", "select ' \\echo '; drop table a;"],
  ['a line comment ends at a carriage return', '-- a\r\\echo b\nselect 1;', '-- a select 1;'],
  ['\\; parts statements of one message', 'select 1\\; drop table a;', 'select 1; drop table a;'],
  ['COPY data', 'copy a from stdin;\n1\n\\.\nselect 1;', 'copy a from stdin; select 1;'],
  [
    'COPY data that look like a comment',
    'copy a from stdin;\n/*\n\\.\ndrop table a;',
    'copy a from stdin; drop table a;',
  ],
  [
    'COPY data, and more on the line',
    "copy a from stdin; select '\n1\n\\.\n'; select 2;",
    "copy a from stdin; select ' '; select 2;",
  ],
  ['SQL among COPY data', 'copy a from stdin;\ndrop table b;\n\\.\n', 'copy a from stdin; ?2'],
  [
    'no COPY: in a string',
    "select '\ncopy a from stdin;'; drop table a; select ';\n\\.\n';",
    "select ' copy a from stdin;'; drop table a; select '; \\. ';",
  ],
  [
    'no COPY: in a comment',
    'select 1; /*\ncopy a from stdin; */ -- ;\ndrop table a;\n/*\n\\.\n*/',
    'select 1; /* copy a from stdin; */ -- ; drop table a; /* \\. */',
  ],
  [
    '\\copy of a query that deletes',
    "\\copy (delete from a returning *) to '/dev/null'\nselect 1;",
    'COPY (delete from a returning *) TO STDOUT; select 1;',
  ],
  ['\\copy from a file', "\\copy a (b, c) from 'x.csv' csv\nselect 1;", 'COPY a (b, c) FROM STDIN; select 1;'],
  ['\\copy from a program', "\\copy a from program 'x'\n", 'COPY a FROM STDIN; ?1'],
  ['an included file', '\\i a.sql\nselect 1;', '<a.sql> select 1;'],
  ['a file that a variable names', '\\i :name\nselect 1;', 'select 1; ?1'],
  ['\\gexec', "select 'drop table a' \\gexec\n", "select 'drop table a' ?1"],
  ['a condition', '\\if :x\ndrop table a;\n\\endif', 'drop table a; ?1 ?3'],
  ['a shell command', '\\! psql -c "drop table a"\n', '?1'],
  ['back quotes in a harmless command', '\\echo `psql -c "drop table a"`\n', '?1'],
  ['AUTOCOMMIT', '\\set AUTOCOMMIT off\n', '?1'],
  ['an unknown command', '\\frobnicate\n', '?1'],
])('psql: %s', (_, text, expected) => {
  expect(sent(text)).toBe(expected);
});

test('line N stays line N', () => {
  const text = 'select 1;\n\\set x 1\ncopy a from stdin;\n1\n2\n\\.\nselect 2;\n';
  const { parts } = sentBy(PSQL, text);
  expect(
    parts
      .map(String)
      .join('')
      .split('\n')
      .map(line => line.trim()),
  ).toEqual(['select 1;', '', 'copy a from stdin;', '', '', '', 'select 2;', '']);
});

test('Flyway sends COPY data, and knows no commands', () => {
  expect(sent('copy a from stdin;\n1\n\\.\n\\echo b', COPIES)).toBe('copy a from stdin; \\echo b');
});

test('a large dump is read in one pass', () => {
  const text = `${'copy a from stdin;\n1\n\\.\n'.repeat(20_000)}select 1;`;
  const start = performance.now();
  expect(sent(text)).toMatch(/select 1;$/);
  expect(performance.now() - start).toBeLessThan(3000);
});

describe('through the bundle', () => {
  let repo: GitRepo;
  beforeEach(() => {
    repo = new GitRepo();
    repo.commit({
      'psql/migrations/1.sql': 'CREATE TABLE orders (id int);\n',
      'migrate/000001_a.up.sql': 'CREATE TABLE orders (id int);\n',
    });
    repo.git('checkout', '-q', '-b', 'topic');
  });
  afterEach(() => repo.remove());
  const brief = (files: Readonly<Record<string, string>>): string[] => {
    repo.commit(files);
    const { findings, blindSpots, conclusion } = reportOf(repo.root, '--base', 'main');
    return [
      ...findings.filter(({ severity }) => severity === 'error').map(({ rule, span }) => `${rule}@${span.line}`),
      ...blindSpots.map(({ span }) => `?${span?.line}`),
      conclusion,
    ];
  };

  test('an included file of the checkout is read on the line that includes it', () => {
    const files = {
      'psql/drop.sql': '-- all of it\nDROP TABLE orders;\n',
      'psql/migrations/2.sql': 'SELECT 1;\n\\ir ../drop.sql\n',
    };
    expect(brief(files)).toContain('dropped-table@2');
  });

  test.each([['../../../../etc/passwd'], ['/etc/passwd'], ['none.sql']])('%s is not', path => {
    expect(brief({ 'psql/migrations/2.sql': `SELECT 1;\n\\i ${path}\n` })).toEqual(['?2', 'fail']);
  });

  test('files that include each other end', () => {
    expect(brief({ 'psql/migrations/2.sql': '\\ir 2.sql\n' })).toEqual(['?1', 'fail']);
  });

  test('where no psql runs, a command is a syntax error', () => {
    expect(brief({ 'migrate/000002_b.up.sql': '\\set x 1\nSELECT 1;\n', 'migrate/000002_b.down.sql': '' })).toEqual([
      '?1',
      'fail',
    ]);
  });
});
