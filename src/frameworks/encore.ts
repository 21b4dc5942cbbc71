import { defineFramework } from '../model/framework.ts';
import { nameOf } from './shared/files.ts';
import { pairs, upDown } from './shared/up-down.ts';

export default defineFramework({
  id: 'encore',
  title: 'Encore',
  link: 'https://encore.dev/docs/go/primitives/databases',
  historyTable: 'schema_migrations',
  transaction: 'whole-file',
  notes: `\`migrations/NNN_name.up.sql\` below an \`encore.app\`. Encore adds an INSERT of its own to each file and sends both as one message, which is a transaction, so statements that cannot run in a transaction fail. Down files are never run.`,
  async histories(repo) {
    if (!repo.paths.some(path => nameOf(path) === 'encore.app')) return [];
    return upDown(repo, 'encore', pairs(repo.paths), { transaction: 'whole-file', noTransaction: null });
  },
  examples: [
    {
      files: { 'encore.app': '{}', 'orders/migrations/1_orders.up.sql': 'select 1;' },
      expect: ['up 1_orders orders/migrations/1_orders.up.sql whole-file'],
    },
  ],
});
