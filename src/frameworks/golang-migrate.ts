import { defineFramework } from '../framework.ts';
import { pairs, upDown, ofSqlx } from './shared/up-down.ts';

export default defineFramework({
  id: 'golang-migrate',
  title: 'golang-migrate',
  link: 'https://github.com/golang-migrate/migrate',
  historyTable: 'schema_migrations',
  transaction: 'one-message',
  notes: `\`NNN_name.up.sql\` and \`NNN_name.down.sql\`, in the order of their numbers. A file is sent as one message: several statements in it are one
transaction, so an index that is built concurrently must be alone in its file.`,
  async histories(repo) {
    const isOthers = ofSqlx(repo.paths);
    const files = pairs(repo.paths).filter(path => !isOthers(path));
    const noTransaction = {
      how: 'golang-migrate sends a file as one message, which is a transaction unless it holds one statement only: give it a file of its own.',
      oneStatement: true,
    };
    return upDown(repo, 'golang-migrate', files, { transaction: 'one-message', noTransaction });
  },
  examples: [
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
