import { defineFramework } from '../model/framework.ts';
import { otherEndings, pairs, upDown, ofSqlx } from './shared/up-down.ts';

export default defineFramework({
  id: 'golang-migrate',
  title: 'golang-migrate',
  link: 'https://github.com/golang-migrate/migrate',
  historyTable: 'schema_migrations',
  transaction: 'one-message',
  notes: `\`NNN_name.up.sql\` and \`NNN_name.down.sql\`, in numeric order; files next to them with an extension other than \`.sql\` are run too. A file is sent as one message: several statements in it run in one transaction, so CREATE INDEX CONCURRENTLY needs a file of its own.`,
  extra: 'golang-migrate only runs files named NNN_name.up.*.',
  async histories(repo) {
    const isOthers = ofSqlx(repo.paths);
    const own = pairs(repo.paths).filter(path => !isOthers(path));
    const files = [...own, ...otherEndings(repo.paths, own)];
    const noTransaction = {
      instruction:
        'Put the statement into a file of its own: golang-migrate sends a file as one message, which is a transaction if it contains several statements.',
      oneStatement: true,
    };
    return upDown(repo, 'golang-migrate', files, { transaction: 'one-message', noTransaction });
  },
  examples: [
    {
      files: { 'db/1_users.up.sql': 'select 1;', 'db/2_orders.up.txt': 'select 2;', 'db/3_notes.up.SQL': 'select 3;' },
      expect: [
        'up 1_users db/1_users.up.sql one-message',
        'up 2_orders db/2_orders.up.txt one-message',
        'up 3_notes db/3_notes.up.SQL one-message',
      ],
    },
    {
      files: {
        'db/10_orders.up.sql': 'select 1;',
        'db/9_users.up.sql': 'select 1;',
        'db/9_users.down.sql': 'select 1;',
      },
      expect: [
        'down 9_users db/9_users.down.sql one-message',
        'up 9_users db/9_users.up.sql one-message',
        'up 10_orders db/10_orders.up.sql one-message',
      ],
    },
  ],
});
