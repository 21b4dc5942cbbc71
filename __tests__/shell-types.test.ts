import { expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

const TYPE = `create type t;
create function t_in(cstring) returns t as 'x', 't_in' language c strict immutable;
create function t_out(t) returns cstring as 'x', 't_out' language c strict immutable;
create type t (input = t_in, output = t_out);
`;

/** Functions in C behind a type are silent until something runs them; a shell type is completed, not made twice. Bundle. */
test.each([
  ['made', '', 0, 'pass'],
  ['cast to', "select 'a'::t;\n", 2, 'fail'],
  ['inserted', "create table z (id bigint primary key, v t);\ninsert into z values (1, 'a');\n", 2, 'fail'],
])('a type in C that is %s', (_, use, spots, conclusion) => {
  const repo = new GitRepo();
  try {
    repo.commit({ 'migrations/1_a.sql': 'create table orders (id bigint primary key);\n' });
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ 'migrations/2_b.sql': TYPE + use });
    const report = reportOf(repo.root, '--base', 'main');
    expect(report.findings).toEqual([]);
    expect(report.blindSpots).toHaveLength(spots);
    expect(report.conclusion).toBe(conclusion);
  } finally {
    repo.remove();
  }
});
