import { defineFramework } from '../framework.ts';
import { nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const FILE = /(^|\/)sqls\/(\d{14}-[^/]+)-(up|down)\.sql$/;

export default defineFramework({
  id: 'db-migrate',
  title: 'db-migrate',
  link: 'https://db-migrate.readthedocs.io/',
  historyTable: 'migrations',
  transaction: 'whole-file',
  notes: `\`sqls/<14 digits>-name-up.sql\` and \`-down.sql\`, in the order of their names. Each is a transaction, unless db-migrate is started with
\`--non-transactional\`. Migrations in JavaScript are not read.`,
  histories: repo =>
    numberedFiles(
      repo,
      'db-migrate',
      repo.paths.filter(path => FILE.test(path)),
      {
        transaction: 'whole-file',
        noTransaction: {
          how: 'db-migrate leaves the transaction out when it is started with `--non-transactional`.',
          oneStatement: true,
        },
      },
      file => {
        const [, , id = nameOf(file), verb] = FILE.exec(file) ?? [];
        return [{ id, file, direction: verb === 'up' ? 'up' : 'down' }];
      },
    ),
  examples: [
    {
      files: {
        'migrations/sqls/20240101000000-users-up.sql': 'select 1;',
        'migrations/sqls/20240101000000-users-down.sql': 'select 1;',
      },
      expect: [
        'down 20240101000000-users migrations/sqls/20240101000000-users-down.sql whole-file',
        'up 20240101000000-users migrations/sqls/20240101000000-users-up.sql whole-file',
      ],
    },
  ],
});
