import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'rails',
  title: 'Rails',
  file: /(^|\/)db\/\w*migrate\w*\/\d+_\w+\.rb$/,
  pattern: /ActiveRecord::Migration/,
  transaction: 'whole-file',
  outside: /^\s*disable_ddl_transaction!/m,
  instruction: 'Put `disable_ddl_transaction!` into the migration class.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://guides.rubyonrails.org/active_record_migrations.html',
  historyTable: 'schema_migrations',
  transaction: tool.transaction,
  notes: codeNotes(
    '`db/migrate/<digits>_name.rb`; each runs in a transaction, unless it calls `disable_ddl_transaction!`.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'db/migrate/20240101000000_users.rb': 'class Users < ActiveRecord::Migration[8.0]\nend' },
      expect: ['up 20240101000000_users db/migrate/20240101000000_users.rb whole-file'],
    },
    {
      files: {
        'db/migrate/20240101000000_users.rb':
          'class Users < ActiveRecord::Migration[8.0]\n  disable_ddl_transaction!\nend',
      },
      expect: ['up 20240101000000_users db/migrate/20240101000000_users.rb per-statement'],
    },
  ],
});
