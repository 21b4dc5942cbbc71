import { defineFramework } from '../framework.ts';
import { nameOf } from './shared/files.ts';
import { oneFile } from './shared/one-file.ts';

export default defineFramework({
  id: 'sql-migrate',
  title: 'sql-migrate',
  link: 'https://github.com/rubenv/sql-migrate',
  historyTable: 'gorp_migrations',
  transaction: 'whole-file',
  notes: `Files with \`-- +migrate Up\` and \`-- +migrate Down\`, in natural order. Each is a transaction, unless its marker says \`notransaction\`.`,
  histories: repo =>
    oneFile(
      repo,
      'sql-migrate',
      repo.paths.filter(path => /(^|\/)(sql|[^/]*migrat[^/]*|schema)\/[^/]*\.sql$/i.test(path)),
      {
        up: /^--\s*\+migrate\s+Up\b/i,
        down: /^--\s*\+migrate\s+Down\b/i,
        outside: /^--\s*\+migrate\s+Up\s+.*notransaction/im,
        then: 'per-statement',
        noTransaction: {
          how: 'sql-migrate runs a file statement by statement when its marker says so.',
          marker: '-- +migrate Up notransaction',
          oneStatement: false,
        },
        id: nameOf,
        tidy: sql => sql.replace(/^--\s*\+migrate\s+StatementEnd.*$/gim, whole => `;${' '.repeat(whole.length - 1)}`),
      },
    ),
  examples: [
    {
      files: { 'migrations/1_users.sql': '-- +migrate Up\nselect 1;\n-- +migrate Down\nselect 2;' },
      expect: [
        'up 1_users.sql migrations/1_users.sql whole-file',
        'down 1_users.sql migrations/1_users.sql whole-file',
      ],
    },
  ],
});
