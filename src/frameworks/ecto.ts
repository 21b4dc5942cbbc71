import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'ecto',
  title: 'Ecto',
  file: /(^|\/)migrations\/\d+_\w+\.exs$/,
  pattern: /use\s+Ecto\.Migration\b/,
  transaction: 'whole-file',
  outside: /@disable_ddl_transaction\s+true/,
  instruction: 'Put `@disable_ddl_transaction true` and `@disable_migration_lock true` into the module.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://hexdocs.pm/ecto_sql/Ecto.Migration.html',
  historyTable: 'schema_migrations',
  transaction: tool.transaction,
  notes: codeNotes(
    '`priv/repo/migrations/<digits>_name.exs`; each runs in a transaction, unless it sets `@disable_ddl_transaction true`.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'priv/repo/migrations/20240101000000_users.exs': 'use Ecto.Migration\n' },
      expect: ['up 20240101000000_users priv/repo/migrations/20240101000000_users.exs whole-file'],
    },
    {
      files: { 'priv/repo/migrations/20240101000000_users.exs': 'use Ecto.Migration\n@disable_ddl_transaction true\n' },
      expect: ['up 20240101000000_users priv/repo/migrations/20240101000000_users.exs per-statement'],
    },
  ],
});
