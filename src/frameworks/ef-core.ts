import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'ef-core',
  title: 'EF Core',
  file: /(^|\/)\d{14}_\w+\.cs$/,
  says: /:\s*Migration\b/,
  transaction: 'whole-file',
  outside: /suppressTransaction:\s*true/,
  how: 'Pass `suppressTransaction: true` to `migrationBuilder.Sql`.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://learn.microsoft.com/ef/core/managing-schemas/migrations/',
  historyTable: '__EFMigrationsHistory',
  transaction: tool.transaction,
  notes: codeNotes(
    '`Migrations/<14 digits>_Name.cs`; each runs in a transaction, except what uses `suppressTransaction: true`.',
    '`dotnet ef migrations script {previous} {id}`',
  ),
  previous: (_, before) => before ?? '0',
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'Migrations/20240101000000_Users.cs': 'class Users : Migration {}' },
      expect: ['up 20240101000000_Users Migrations/20240101000000_Users.cs whole-file'],
    },
    {
      files: { 'Migrations/20240101000000_Users.cs': 'class Users : Migration { /* suppressTransaction: true */ }' },
      expect: ['up 20240101000000_Users Migrations/20240101000000_Users.cs per-statement'],
    },
  ],
});
