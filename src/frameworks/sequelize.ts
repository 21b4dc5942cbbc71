import { defineFramework } from '../framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'sequelize',
  title: 'Sequelize',
  file: /(^|\/)migrations?\/\d+-[^/]+\.[cm]?[jt]s$/,
  says: /\bqueryInterface\b/i,
  transaction: 'per-statement',
  outside: /(?!)/,
  how: 'Leave `sequelize.transaction` out of the migration.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://sequelize.org/docs/v6/other-topics/migrations/',
  historyTable: 'SequelizeMeta',
  transaction: tool.transaction,
  notes: codeNotes(
    '`migrations/<14 digits>-name.js` or `.ts`; statements commit one by one, unless the program opens a transaction.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'migrations/20240101000000-users.js': 'module.exports = { up: queryInterface => {} };' },
      expect: ['up 20240101000000-users migrations/20240101000000-users.js per-statement'],
    },
  ],
});
