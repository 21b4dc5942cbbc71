import { defineFramework } from '../model/framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'knex',
  title: 'Knex',
  file: /(^|\/)migrations?\/[^/]*\d{14}_[^/]+\.[cm]?[jt]s$/,
  pattern: /\bknex\b/i,
  project: { files: /(^|\/)knexfile\.[cm]?[jt]s$/, packages: ['knex'] },
  transaction: 'all-files',
  settings: {
    file: /(^|\/)knexfile\.[cm]?[jt]s$/,
    patterns: [[/\bdisableTransactions\s*:\s*true\b/, 'per-statement']],
  },
  instruction: 'Put `exports.config = { transaction: false }` into the migration.',
  dialect: {
    sends: ['raw'],
    when: 'await',
    fills: 'knex',
    looks: ['hasTable', 'hasColumn', 'now', 'ref', 'client'],
    outside: exported => (exported('config') as { transaction?: unknown } | undefined)?.transaction === false,
  },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://knexjs.org/guide/migrations.html',
  historyTable: 'knex_migrations',
  transaction: tool.transaction,
  notes: literalNotes(
    '`migrations/<14 digits>_name.js` or `.ts`; all pending files run in one transaction, unless one sets `config = { transaction: false }`, or `knexfile` sets `disableTransactions: true`.',
  ),
  histories: repo => codeHistories(repo, tool),
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: {
        'package.json': '{ "dependencies": { "knex": "3.1.0" } }',
        'migrations/20240101000000_users.js':
          "exports.up = async db => { await db.raw('create table users (id bigint)'); };",
      },
      expect: ['up 20240101000000_users migrations/20240101000000_users.js all-files'],
      sends: ['create table users (id bigint);'],
    },
    {
      files: { 'migrations/20240101000000_users.js': 'exports.up = knex => knex.schema;' },
      expect: ['up 20240101000000_users migrations/20240101000000_users.js all-files'],
    },
    {
      files: {
        'knexfile.js': 'module.exports = { migrations: { disableTransactions: true } };',
        'migrations/20240101000000_users.js':
          "exports.up = knex => knex.transaction(trx => trx.raw('create table users (id bigint)'));",
      },
      expect: ['up 20240101000000_users migrations/20240101000000_users.js per-statement'],
      sends: ['begin; create table users (id bigint); commit;'],
    },
    {
      files: {
        'migrations/20240101000000_email.ts': `import type { Knex } from 'knex';
export async function up(knex: Knex) {
  await knex.raw(\`create index concurrently users_email
    on users (email)\`);
}
export const down = (knex: Knex) => knex.schema.raw('drop index ??', ['users_email']);
export const config = { transaction: false };
`,
      },
      expect: [
        'up 20240101000000_email migrations/20240101000000_email.ts per-statement',
        'down 20240101000000_email migrations/20240101000000_email.ts per-statement',
      ],
      sends: ['create index concurrently users_email on users (email);', 'drop index "users_email";'],
    },
  ],
});
