import { defineFramework } from '../model/framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'kysely',
  title: 'Kysely',
  file: /(^|\/)migrations?\/[^/]+\.[cm]?[jt]s$/,
  pattern: /\bKysely\b[\s\S]*\bexport\s+(async\s+)?(function|const)\s+up\b/,
  project: { packages: [] },
  transaction: 'all-files',
  settings: {
    file: /(^|\/)(kysely\.config|migrat(e|or|ions?))\.[cm]?[jt]s$/,
    patterns: [[/\bdisableTransactions\s*:\s*true\b/, 'per-statement']],
  },
  instruction: 'Run the migrator with `disableTransactions: true`.',
  dialect: { sends: [], when: 'call', fills: 'none', looks: ['getTables', 'fn'], outside: () => false },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://kysely.dev/docs/migrations',
  historyTable: 'kysely_migration',
  transaction: tool.transaction,
  notes: literalNotes(
    'Programs in directories called `migrations` that import Kysely; all pending files run in one transaction, unless the migrator has `disableTransactions: true`.',
  ),
  histories: repo => codeHistories(repo, tool),
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: {
        'migrations/2024-01-02-email.ts': `import { sql, type Kysely } from 'kysely';
export async function up(db: Kysely<Shop>): Promise<void> {
  await sql\`alter table \${sql.table('users')} add column email text\`.execute(db);
}
`,
      },
      expect: ['up 2024-01-02-email migrations/2024-01-02-email.ts all-files'],
      sends: ['alter table "users" add column email text;'],
    },
    {
      files: {
        'migrations/2024-01-01-users.ts':
          "import type { Kysely } from 'kysely';\nexport const up = async (db: Kysely<Shop>) => {};",
      },
      expect: ['up 2024-01-01-users migrations/2024-01-01-users.ts all-files'],
    },
  ],
});
