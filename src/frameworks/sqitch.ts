import { defineFramework } from '../model/framework.ts';
import { PSQL } from '../sql/psql.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { historyOf, type FoundMigration } from './shared/history.ts';

/** `name [requires] 2024-01-01T00:00:00Z Planner <mail> # note`; `@tag` lines name the version of a reworked change. */
function changesOf(plan: string): string[] {
  const scripts: string[] = [];
  const last = new Map<string, number>();
  let tagged = new Map<string, string>();
  for (const line of plan.split('\n')) {
    const word = /^[^\s%#]\S*/.exec(line)?.[0];
    if (word === undefined) continue;
    if (word.startsWith('@')) {
      tagged = new Map([...last.keys()].map(name => [name, tagged.get(name) ?? word]));
      continue;
    }
    const before = last.get(word);
    // A reworked change: the earlier script is kept under the tag that followed it.
    if (before !== undefined) scripts[before] = `${word}${tagged.get(word) ?? ''}`;
    tagged.delete(word);
    last.set(word, scripts.push(word) - 1);
  }
  return scripts;
}

export default defineFramework({
  id: 'sqitch',
  title: 'Sqitch',
  link: 'https://sqitch.org/',
  historyTable: 'sqitch.changes',
  transaction: 'as-written',
  notes: `\`deploy/\` and \`revert/\` in the order of \`sqitch.plan\`. Scripts run through psql, statement by statement: transactions are those in the script.
psql meta-commands are skipped.`,
  async histories(repo) {
    const existing = new Set(repo.paths);
    return Promise.all(
      repo.paths
        .filter(path => nameOf(path) === 'sqitch.plan')
        .map(async plan => {
          const root = folderOf(plan);
          const at = (folder: string, name: string): string => `${root === '' ? '' : `${root}/`}${folder}/${name}.sql`;
          const migrations = changesOf(await repo.read(plan)).flatMap((id): FoundMigration[] => [
            { id, file: at('deploy', id), direction: 'up' },
            { id, file: at('revert', id), direction: 'down' },
          ]);
          return historyOf(
            repo,
            'sqitch',
            root,
            migrations.filter(({ file }) => existing.has(file)),
            {
              client: PSQL,
              transaction: 'as-written',
              noTransaction: { instruction: 'Leave `BEGIN` and `COMMIT` out of the script.', oneStatement: false },
            },
          );
        }),
    );
  },
  examples: [
    {
      files: {
        'sqitch.plan':
          '%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b.c> # first\norders [users] 2024-01-02T00:00:00Z A <a@b.c> # next\n@v1 2024-01-03T00:00:00Z A <a@b.c>\n\nusers [users@v1] 2024-01-04T00:00:00Z A <a@b.c>\n',
        'deploy/users@v1.sql': 'select 1;',
        'deploy/users.sql': 'select 1;',
        'deploy/orders.sql': 'select 1;',
        'revert/orders.sql': 'select 1;',
        'verify/orders.sql': 'select 1;',
      },
      expect: [
        'up users@v1 deploy/users@v1.sql as-written',
        'up orders deploy/orders.sql as-written',
        'down orders revert/orders.sql as-written',
        'up users deploy/users.sql as-written',
      ],
    },
  ],
});
