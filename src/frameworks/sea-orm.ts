import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'sea-orm',
  title: 'SeaORM',
  file: /(^|\/)m\d{8}_\d{6}_\w+\.rs$/,
  pattern: /\bMigrationTrait\b/,
  transaction: 'whole-file',
  outside: /fn\s+use_transaction[^{]*\{\s*Some\(false\)/,
  instruction: 'Implement `use_transaction` to return `Some(false)`.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://www.sea-ql.org/SeaORM/docs/migration/setting-up-migration/',
  historyTable: 'seaql_migrations',
  transaction: tool.transaction,
  notes: codeNotes(
    '`m<date>_<time>_name.rs`; each runs in a transaction, unless its `use_transaction` returns `Some(false)`.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'migration/src/m20240101_000000_users.rs': 'impl MigrationTrait for Migration {}' },
      expect: ['up m20240101_000000_users migration/src/m20240101_000000_users.rs whole-file'],
    },
    {
      files: {
        'migration/src/m20240101_000000_users.rs':
          'impl MigrationTrait for Migration {\n  fn use_transaction(&self) -> Option<bool> { Some(false) }\n}',
      },
      expect: ['up m20240101_000000_users migration/src/m20240101_000000_users.rs per-statement'],
    },
  ],
});
