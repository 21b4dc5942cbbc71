import { defineFramework } from '../model/framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'sequelize',
  title: 'Sequelize',
  file: /(^|\/)migrations?\/\d+-[^/]+\.[cm]?[jt]s$/,
  pattern: /\bqueryInterface\b/i,
  project: { files: /(^|\/)\.sequelizerc(\.[cm]?js)?$/, packages: ['sequelize', 'sequelize-cli', '@sequelize/core'] },
  transaction: 'per-statement',
  instruction: 'Leave `sequelize.transaction` out of the migration.',
  dialect: {
    sends: ['query'],
    when: 'call',
    fills: 'replacements',
    looks: ['describeTable', 'showAllTables', 'tableExists', 'getDialect', 'escape', 'quoteIdentifier'],
    outside: () => false,
  },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://sequelize.org/docs/v6/other-topics/migrations/',
  historyTable: 'SequelizeMeta',
  transaction: tool.transaction,
  notes: literalNotes(
    '`migrations/<14 digits>-name.js` or `.ts`; statements commit individually, unless the program opens a transaction.',
  ),
  histories: repo => codeHistories(repo, tool),
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: {
        '.sequelizerc': '',
        'migrations/20240101000000-users.js':
          "exports.up = async q => q.sequelize.query('create table users (id bigint)');",
      },
      expect: ['up 20240101000000-users migrations/20240101000000-users.js per-statement'],
      sends: ['create table users (id bigint);'],
    },
    {
      files: {
        'migrations/20240101000000-email.js': `module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.transaction(async transaction => {
      await queryInterface.sequelize.query('alter table users add column email text', { transaction });
    });
    await queryInterface.sequelize.query('create index concurrently users_email on users (email)');
  },
};
`,
      },
      expect: ['up 20240101000000-email migrations/20240101000000-email.js per-statement'],
      sends: [
        'begin; alter table users add column email text; commit; create index concurrently users_email on users (email);',
      ],
    },
    {
      files: { 'migrations/20240101000000-users.js': 'module.exports = { up: queryInterface => {} };' },
      expect: ['up 20240101000000-users migrations/20240101000000-users.js per-statement'],
    },
  ],
});
