import { defineFramework } from '../framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'knex',
  title: 'Knex',
  file: /(^|\/)migrations?\/[^/]*\d{14}_[^/]+\.[cm]?[jt]s$/,
  says: /\bknex\b/i,
  transaction: 'all-files',
  outside: /\btransaction\s*:\s*false\b/,
  how: 'Put `exports.config = { transaction: false }` into the migration.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://knexjs.org/guide/migrations.html',
  historyTable: 'knex_migrations',
  transaction: tool.transaction,
  notes: codeNotes(
    '`migrations/<14 digits>_name.js` or `.ts`; all pending files are one transaction, unless one says `config = { transaction: false }`.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'migrations/20240101000000_users.js': 'exports.up = knex => knex.schema;' },
      expect: ['up 20240101000000_users migrations/20240101000000_users.js all-files'],
    },
    {
      files: {
        'migrations/20240101000000_users.js':
          'exports.up = knex => knex.schema;\nexports.config = { transaction: false };',
      },
      expect: ['up 20240101000000_users migrations/20240101000000_users.js per-statement'],
    },
  ],
});
