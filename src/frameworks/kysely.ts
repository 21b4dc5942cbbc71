import { defineFramework } from '../framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'kysely',
  title: 'Kysely',
  file: /(^|\/)migrations?\/[^/]+\.[cm]?[jt]s$/,
  says: /\bKysely\b[\s\S]*\bexport\s+(async\s+)?(function|const)\s+up\b/,
  transaction: 'all-files',
  outside: /(?!)/,
  how: 'Run the migrator with `disableTransactions: true`.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://kysely.dev/docs/migrations',
  historyTable: 'kysely_migration',
  transaction: tool.transaction,
  notes: codeNotes(
    'Programs in folders called `migrations` that import Kysely; all pending files are one transaction.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: {
        'migrations/2024-01-01-users.ts':
          "import type { Kysely } from 'kysely';\nexport const up = async (db: Kysely<Shop>) => {};",
      },
      expect: ['up 2024-01-01-users migrations/2024-01-01-users.ts all-files'],
    },
  ],
});
