import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';
import { templates } from './shared/templates.ts';

const FILE = /^(\d+)_([^.]+)(?:\.(\w+))?(\.autocommit)?\.(up|down)\.sql$/;
const DIALECTS = new Set(['postgres', 'cockroach', 'mysql', 'sqlite3', 'sqlite', 'mariadb', 'mssql']);

export default defineFramework({
  id: 'pop',
  title: 'pop and popx',
  link: 'https://gobuffalo.io/documentation/database/migrations/',
  historyTable: 'schema_migration',
  transaction: 'whole-file',
  notes: `\`NNN_name.postgres.up.sql\`, or \`NNN_name.up.sql\` if there is none for Postgres, in directories where file names contain the database. Each file runs in a transaction, unless its name contains \`.autocommit\` (popx); then it is sent as one message. Go templates are not rendered; those that affect the SQL are reported as not analyzed.`,
  histories(repo) {
    const parts = (path: string): readonly string[] => FILE.exec(nameOf(path)) ?? [];
    const all = repo.paths.filter(path => FILE.test(nameOf(path)));
    const folders = new Set(all.filter(path => DIALECTS.has(parts(path)[3] ?? '')).map(folderOf));
    const inFolders = all.filter(path => folders.has(folderOf(path)));
    const key = (path: string): string => `${folderOf(path)} ${parts(path)[1]} ${parts(path)[5]}`;
    const own = new Set(inFolders.filter(path => parts(path)[3] === 'postgres').map(key));
    const files = inFolders.filter(path => {
      const dialect = parts(path)[3];
      return dialect === 'postgres' || ((dialect === undefined || dialect === 'autocommit') && !own.has(key(path)));
    });
    return numberedFiles(
      repo,
      'pop',
      files,
      {
        transaction: 'whole-file',
        noTransaction: {
          instruction: 'Let the file name end in `.autocommit.up.sql`; popx then runs the file without a transaction.',
          oneStatement: true,
        },
      },
      file => [{ id: parts(file)[1] ?? '', file, direction: parts(file)[5] === 'up' ? 'up' : 'down' }],
      (text, { file }) =>
        file.includes('.autocommit.') ? { ...templates(text), transaction: 'one-message' } : templates(text),
    );
  },
  examples: [
    {
      files: {
        'sql/1_users.postgres.up.sql': 'select 1;',
        'sql/1_users.mysql.up.sql': 'select 1;',
        'sql/1_users.up.sql': 'select 1;',
        'sql/2_orders.autocommit.up.sql': 'select 1;',
      },
      expect: ['up 1 sql/1_users.postgres.up.sql whole-file', 'up 2 sql/2_orders.autocommit.up.sql one-message'],
    },
  ],
});
