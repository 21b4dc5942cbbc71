import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

/** A reference to EF Core 9, or to its provider, in a project or in the central list of versions. */
const NINE = /\b(Microsoft|Npgsql)\.EntityFrameworkCore[\w.]*"[^>]*(\bVersion(Override)?="|>\s*<Version>)\s*\[?9\./;

const tool: CodeTool = {
  id: 'ef-core',
  title: 'EF Core',
  file: /(^|\/)\d{14}_\w+\.cs$/,
  pattern: /:\s*Migration\b/,
  transaction: 'whole-file',
  // One transaction around all pending migrations in 9 only (dotnet/efcore issue 35096, reverted for 10 by pull request 36662).
  settings: { file: /(\.(cs|fs|vb)proj|(^|\/)Directory\.(Packages|Build)\.props)$/, patterns: [[NINE, 'all-files']] },
  outside: /suppressTransaction:\s*true/,
  instruction: 'Pass `suppressTransaction: true` to `migrationBuilder.Sql`.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://learn.microsoft.com/ef/core/managing-schemas/migrations/',
  historyTable: '__EFMigrationsHistory',
  transaction: tool.transaction,
  notes: codeNotes(
    '`Migrations/<14 digits>_Name.cs`; each runs in a transaction, with EF Core 9 all pending ones in the same one, except what uses `suppressTransaction: true`.',
    '`dotnet ef migrations script {previous} {id}`',
  ),
  previous: (_, before) => before ?? '0',
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: {
        'App.csproj':
          '<ItemGroup><PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="9.0.3" /></ItemGroup>',
        'Migrations/20240101000000_Users.cs': 'class Users : Migration {}',
      },
      expect: ['up 20240101000000_Users Migrations/20240101000000_Users.cs all-files'],
    },
    {
      files: {
        'App.csproj':
          '<ItemGroup><PackageReference Include="Microsoft.EntityFrameworkCore" Version="10.0.0" /></ItemGroup>',
        'Migrations/20240101000000_Users.cs': 'class Users : Migration {}',
      },
      expect: ['up 20240101000000_Users Migrations/20240101000000_Users.cs whole-file'],
    },
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
