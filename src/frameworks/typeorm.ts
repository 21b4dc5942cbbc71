import { defineFramework } from '../framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'typeorm',
  title: 'TypeORM',
  file: /(^|\/)\d{13}-[^/]+\.[jt]s$/,
  says: /\b(MigrationInterface|QueryRunner)\b/i,
  transaction: 'all-files',
  outside: /^\s*(public\s+|readonly\s+)*transaction\s*=\s*false\b/m,
  how: "Put `transaction = false` into the class, and run with `migrationsTransactionMode: 'each'`.",
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://typeorm.io/docs/advanced-topics/migrations/',
  historyTable: 'migrations',
  transaction: tool.transaction,
  notes: codeNotes(
    '`<13 digits>-name.ts` or `.js`; all pending files are one transaction, unless a class says `transaction = false`.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'src/migrations/1700000000000-users.ts': 'export class Users implements MigrationInterface {}' },
      expect: ['up 1700000000000-users src/migrations/1700000000000-users.ts all-files'],
    },
    {
      files: {
        'src/migrations/1700000000000-users.ts':
          'export class Users implements MigrationInterface {\n  transaction = false;\n}',
      },
      expect: ['up 1700000000000-users src/migrations/1700000000000-users.ts per-statement'],
    },
  ],
});
