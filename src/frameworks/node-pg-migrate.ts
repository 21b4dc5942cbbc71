import { defineFramework } from '../framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';
import { nameOf } from './shared/files.ts';
import { merged } from './shared/merged.ts';
import { numbered, oneFile } from './shared/one-file.ts';

const tool: CodeTool = {
  id: 'node-pg-migrate',
  title: 'node-pg-migrate',
  file: /(^|\/)\d+[_-][^/]+\.[cm]?[jt]s$/,
  says: /\bpgm\b|\bMigrationBuilder\b/,
  transaction: 'all-files',
  how: 'Call `pgm.noTransaction()` in the migration; one in SQL must be written in JavaScript for that.',
  dialect: {
    sends: ['sql'],
    when: 'call',
    fills: 'braces',
    looks: ['noTransaction', 'func'],
    outside: (_, called) => called.has('noTransaction'),
  },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://salsita.github.io/node-pg-migrate/',
  historyTable: 'pgmigrations',
  transaction: tool.transaction,
  notes:
    literalNotes(`SQL files with \`-- Up Migration\` and \`-- Down Migration\`, and programs. All pending files are one transaction; a program leaves it
with \`pgm.noTransaction()\`, a SQL file has no way out of it.`),
  async histories(repo) {
    const files = await oneFile(repo, tool.id, numbered(repo.paths), {
      up: /^\s*--[\s-]*up\s+migration/i,
      down: /^\s*--[\s-]*down\s+migration/i,
      outside: { up: /(?!)/, down: /(?!)/ },
      then: tool.transaction,
      noTransaction: { how: tool.how, oneStatement: false },
      id: file => nameOf(file).replace(/\.sql$/, ''),
    });
    const inOne = files.map(history => ({
      ...history,
      migrations: history.migrations.map(one => ({ ...one, transaction: tool.transaction })),
    }));
    return merged([...inOne, ...(await codeHistories(repo, tool))]);
  },
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: { 'migrations/1700000000000_users.sql': '-- Up Migration\nselect 1;\n-- Down Migration\nselect 2;' },
      expect: [
        'up 1700000000000_users migrations/1700000000000_users.sql all-files',
        'down 1700000000000_users migrations/1700000000000_users.sql all-files',
      ],
    },
    {
      files: {
        'migrations/1700000000000_users.sql': '-- Up Migration\ncreate table users (id bigint);',
        'migrations/1700000000001_email.js': `exports.up = pgm => {
  pgm.noTransaction();
  pgm.sql('create index concurrently users_email on users (email)');
};
exports.down = pgm => pgm.sql('drop index users_email');
`,
      },
      expect: [
        'up 1700000000000_users migrations/1700000000000_users.sql all-files',
        'down 1700000000000_users migrations/1700000000000_users.sql all-files',
        'up 1700000000001_email migrations/1700000000001_email.js per-statement',
        'down 1700000000001_email migrations/1700000000001_email.js all-files',
      ],
      sends: [
        'create table users (id bigint);',
        '',
        'create index concurrently users_email on users (email);',
        'drop index users_email;',
      ],
    },
  ],
});
