import { defineFramework } from '../model/framework.ts';
import { nameOf } from './shared/files.ts';
import { oneFile } from './shared/one-file.ts';

export default defineFramework({
  id: 'sql-migrate',
  title: 'sql-migrate',
  link: 'https://github.com/rubenv/sql-migrate',
  historyTable: 'gorp_migrations',
  transaction: 'whole-file',
  notes: `Files with \`-- +migrate Up\` and \`-- +migrate Down\`, in natural order. A file may have several of
each, which run in file order. Each direction runs in a transaction, unless one of its markers sets \`notransaction\`.`,
  markers: { pattern: /^--\s*\+migrate\s+(Up|Down)\b/im, every: true },
  histories: repo =>
    oneFile(
      repo,
      'sql-migrate',
      repo.paths.filter(path => /(^|\/)(sql|[^/]*migrat[^/]*|schema)\/[^/]*\.sql$/i.test(path)),
      {
        up: /^--\s*\+migrate\s+Up\b/i,
        down: /^--\s*\+migrate\s+Down\b/i,
        outside: {
          up: /^--\s*\+migrate\s+Up\s+.*notransaction/im,
          down: /^--\s*\+migrate\s+Down\s+.*notransaction/im,
        },
        then: 'per-statement',
        noTransaction: {
          instruction: 'Set it in the marker, as below; sql-migrate then runs the statements of the file individually.',
          marker: '-- +migrate Up notransaction',
          oneStatement: false,
        },
        id: nameOf,
        tidy: text => ({
          sql: text.replace(/^--\s*\+migrate\s+StatementEnd.*$/gim, whole => `;${' '.repeat(whole.length - 1)}`),
          unread: [],
        }),
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
    {
      files: {
        'migrations/2_index.sql':
          '-- +migrate Up notransaction\nselect 1;\n-- +migrate Up\nselect 2;\n-- +migrate Down\nselect 3;\n-- +migrate Down\nselect 4;',
      },
      expect: [
        'up 2_index.sql migrations/2_index.sql per-statement',
        'down 2_index.sql migrations/2_index.sql whole-file',
      ],
      sends: ['select 1; select 2;', 'select 3; select 4;'],
    },
  ],
});
