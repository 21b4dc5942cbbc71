import { defineFramework } from '../framework.ts';
import { nameOf } from './shared/files.ts';
import { numbered, oneFile } from './shared/one-file.ts';

export default defineFramework({
  id: 'node-pg-migrate',
  title: 'node-pg-migrate',
  link: 'https://salsita.github.io/node-pg-migrate/',
  historyTable: 'pgmigrations',
  transaction: 'all-files',
  notes: `SQL files with \`-- Up Migration\` and \`-- Down Migration\`. All pending files are one transaction, and a SQL file has no way out of it. Migrations in
JavaScript are not read.`,
  async histories(repo) {
    const histories = await oneFile(repo, 'node-pg-migrate', numbered(repo.paths), {
      up: /^\s*--[\s-]*up\s+migration/i,
      down: /^\s*--[\s-]*down\s+migration/i,
      outside: /(?!)/,
      then: 'whole-file',
      noTransaction: { how: 'Write it in JavaScript, with `pgm.noTransaction()`.', oneStatement: false },
      id: file => nameOf(file).replace(/\.sql$/, ''),
    });
    return histories.map(history => ({
      ...history,
      migrations: history.migrations.map(one => ({ ...one, transaction: 'all-files' as const })),
    }));
  },
  examples: [
    {
      files: { 'migrations/1700000000000_users.sql': '-- Up Migration\nselect 1;\n-- Down Migration\nselect 2;' },
      expect: [
        'up 1700000000000_users migrations/1700000000000_users.sql all-files',
        'down 1700000000000_users migrations/1700000000000_users.sql all-files',
      ],
    },
  ],
});
