import { defineFramework } from '../model/framework.ts';
import { PSQL } from '../sql/psql.ts';
import type { Delivery, Migration } from '../model/source.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf } from './shared/history.ts';
import { natural } from './shared/order.ts';
import { isSentByStatement } from '../sql/own-transaction.ts';
import { parse } from '../sql/parse.ts';

const DIRECTIVE = /^\s*--\s*migration-gate:\s*transaction\s+(per-statement|whole-file|as-written)\s*$/m;
/** The down migration: by the end of its name, or in a folder of down migrations. */
const DOWN_NAME = /(^|[._/-])(down|undo|rollback|revert)\.sql$/i;
const DOWN_FOLDER = /(^|\/)(down|undo|rollbacks?|reverts?)\//i;
const namesDown = (file: string): boolean => DOWN_NAME.test(file) || DOWN_FOLDER.test(file);
/** A file that only says which way it leads: its folder is the migration, `001_users/up.sql`. */
const UNNAMED = /^(up|down|undo|rollback|revert|migration)\.sql$/i;

const idOf = (file: string): string =>
  UNNAMED.test(nameOf(file))
    ? nameOf(folderOf(file))
    : nameOf(file)
        .replace(DOWN_NAME, '.sql')
        .replace(/\.up\.sql$/i, '.sql');
/** What a way up and its down migration have in common: the folder of both, or the number, or the name. */
const pairOf = (file: string): string => {
  const id = idOf(file).replace(/\.sql$/i, '');
  const home = homeOf(file).replace(/\/?(down|undo|rollbacks?|reverts?)$/i, '');
  return `${home}/${/^[VU]?\d+/i.exec(id)?.[0].replace(/^[VU]/i, '') ?? id}`;
};
/** Named as a down migration, with nothing to take back: a runner that takes all files runs it as a migration. */
export const isLoneDown = ({ framework, direction, file }: Migration): boolean =>
  framework === 'plain-sql' && direction === 'up' && namesDown(file);
const homeOf = (file: string): string => folderOf(UNNAMED.test(nameOf(file)) ? folderOf(file) : file);

/** The outermost folder that holds files itself: `changes` for `changes/001.sql` and for `changes/online/002.sql`. */
function rootsOf(files: readonly string[]): (path: string) => string {
  const folders = new Set(files.map(homeOf));
  return path => {
    let root = homeOf(path);
    for (let folder = root; folder !== ''; folder = folderOf(folder)) if (folders.has(folder)) root = folder;
    return root;
  };
}

/** Numbered files by their names, whatever directory they are in; all others after them, by their paths. */
const byNumber = (a: string, b: string): number => natural(orderKey(a), orderKey(b)) || natural(a, b);
const orderKey = (file: string): string => (/^\d/.test(nameOf(file)) ? nameOf(file) : `~${file}`);

/** Nothing is known of the runner but what a file shows, unless it declares how it is run. */
const observed = async (migration: Migration): Promise<Migration> =>
  !DIRECTIVE.test(migration.sql) && (await isSentByStatement(migration.sql, text => parse(text, migration.file)))
    ? { ...migration, transaction: 'per-statement' }
    : migration;

/** In a folder of migrations. */
export const isPlaced = (path: string): boolean => path.endsWith('.sql') && /(^|\/)(migrations?|migrate)\//i.test(path);

export default defineFramework({
  id: 'plain-sql',
  title: 'Plain SQL files',
  link: 'https://www.postgresql.org/docs/current/app-psql.html',
  historyTable: 'none',
  transaction: 'whole-file',
  notes: `\`.sql\` files in directories called \`migrations\` or \`migrate\` that belong to no tool, or those that \`paths\` matches, in natural order,
including subdirectories; a directory that contains \`up.sql\` or \`migration.sql\` is one migration. A file named like a down migration is one if there is a migration of the same number or name, and is a migration itself otherwise. Each is assumed to run in one transaction, unless it shows that nothing wraps it: its own \`BEGIN\` and \`COMMIT\` enclose it, or a statement that cannot run in a transaction block stands alone or outside of them; a comment \`-- migration-gate: transaction per-statement\` (or \`whole-file\`, \`as-written\`) changes this.`,
  async histories(repo) {
    return this.fromFiles?.(repo, repo.paths.filter(isPlaced)) ?? [];
  },
  fromFiles: async (repo, files) => {
    const base = {
      client: PSQL,
      transaction: 'whole-file',
      noTransaction: {
        instruction: 'Run the statements of the file individually, and declare so with the comment below.',
        marker: '-- migration-gate: transaction per-statement',
        oneStatement: false,
      },
    } as const;
    const ups = new Set(files.filter(file => !namesDown(file)).map(pairOf));
    const isDown = (file: string): boolean => namesDown(file) && ups.has(pairOf(file));
    const histories = await Promise.all(
      [...groupBy([...files].sort(byNumber), rootsOf(files))].map(([root, paths]) =>
        historyOf(
          repo,
          'plain-sql',
          root,
          paths.map(file => ({
            id: idOf(file),
            file,
            direction: isDown(file) ? ('down' as const) : ('up' as const),
          })),
          base,
          text => {
            const directive = DIRECTIVE.exec(text)?.[1] as Delivery | undefined;
            return directive ? { sql: text, transaction: directive } : { sql: text };
          },
        ),
      ),
    );
    return Promise.all(
      histories.map(async history => ({ ...history, migrations: await Promise.all(history.migrations.map(observed)) })),
    );
  },
  examples: [
    {
      files: {
        'migrations/1.sql': "set lock_timeout = '1s';\ncreate index concurrently on users (id);",
        'migrations/2.sql': 'begin;\nalter table users add x int;\ncommit;\ncreate index concurrently on users (x);',
        'migrations/3.sql': 'alter table users add y int;\ncreate index concurrently on users (y);',
        'migrations/4.sql': 'begin;\ncreate index concurrently on users (x);\ncommit;',
      },
      expect: [
        'up 1.sql migrations/1.sql per-statement',
        'up 2.sql migrations/2.sql per-statement',
        'up 3.sql migrations/3.sql whole-file',
        'up 4.sql migrations/4.sql whole-file',
      ],
    },
    {
      files: { 'migrations/001_users.sql': 'select 1;', 'migrations/002_rollback.sql': 'select 2;' },
      expect: [
        'up 001_users.sql migrations/001_users.sql whole-file',
        'up 002.sql migrations/002_rollback.sql whole-file',
      ],
    },
    {
      files: { 'migrations/1_users.sql': 'select 1;', 'migrations/down/1_users.sql': 'select 2;' },
      expect: [
        'up 1_users.sql migrations/1_users.sql whole-file',
        'down 1_users.sql migrations/down/1_users.sql whole-file',
      ],
    },
    {
      files: {
        'migrations/2_age/up.sql': 'select 3;',
        'migrations/2_age/rollback.sql': 'select 4;',
        'migrations/10_name/migration.sql': 'select 5;',
      },
      expect: [
        'down 2_age migrations/2_age/rollback.sql whole-file',
        'up 2_age migrations/2_age/up.sql whole-file',
        'up 10_name migrations/10_name/migration.sql whole-file',
      ],
    },
    {
      files: {
        'migrations/2.sql': '-- migration-gate: transaction per-statement\nselect 1;',
        'migrations/10.sql': 'select 1;',
      },
      expect: ['up 2.sql migrations/2.sql per-statement', 'up 10.sql migrations/10.sql whole-file'],
    },
  ],
});
