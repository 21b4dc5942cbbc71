import { afterAll, describe, expect, test } from '@jest/globals';
import { frameworks } from '../src/frameworks/index.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { NODES } from './helpers/nodes.ts';
import { reportWith } from './helpers/run-cli.ts';

const repos: GitRepo[] = [];
afterAll(() => {
  for (const repo of repos) repo.remove();
});

/** What the bundle finds in the files of an example: one line for each migration, and the SQL of its statements. */
function found(files: Readonly<Record<string, string>>, node: string): { migrations: string[]; sql: string[] } {
  const repo = new GitRepo();
  repos.push(repo);
  repo.write(files);
  const report = reportWith(node, repo.root, '--all', '--fail-on', 'never');
  return {
    migrations: report.migrations.map(({ framework, id, file }) => `${framework} ${id} ${file}`).sort(),
    sql: report.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql.replace(/\s+/g, ' '))),
  };
}

const examples = frameworks.flatMap(({ id, examples: all }) =>
  all.map((example, index) => [`${id}, example ${index + 1}`, id, example] as const),
);
/** Tools whose migrations are programs that are read: each of them on every Node. */
const read = new Set<string>(frameworks.flatMap(framework => (framework.read ? [framework.id] : [])));

describe.each(NODES)('the bundle on Node %s', (_, node) => {
  test.each(examples.filter(([, id]) => node === process.execPath || read.has(id)))('%s', (_name, id, example) => {
    const { migrations, sql } = found(example.files, node);
    const up = example.expect.filter(line => line.startsWith('up ')).map(line => line.slice('up '.length));
    // A file of the example that the tool leaves alone may be another tool's.
    expect(migrations.filter(line => line.startsWith(`${id} `))).toEqual(
      up.map(line => `${id} ${line.slice(0, line.lastIndexOf(' '))}`).sort(),
    );
    const sent = (example.sends ?? []).filter((__, at) => example.expect[at]?.startsWith('up ') === true);
    for (const text of sent.flatMap(each => each.split(';')).map(each => each.trim()))
      expect(sql.join('; ')).toContain(text);
  });
});
