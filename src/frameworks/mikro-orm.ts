import { defineFramework } from '../model/framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'mikro-orm',
  title: 'MikroORM',
  file: /(^|\/)Migration\d{14}\w*\.[cm]?[jt]s$/,
  pattern: /\baddSql\b|extends\s+Migration\b/,
  project: { packages: ['@mikro-orm/core', '@mikro-orm/migrations'] },
  transaction: 'all-files',
  settings: {
    file: /(^|\/)mikro-orm\.config\.[cm]?[jt]s$/,
    patterns: [
      [/\btransactional\s*:\s*false\b/, 'per-statement'],
      [/\ballOrNothing\s*:\s*false\b/, 'whole-file'],
    ],
  },
  instruction: 'Put `isTransactional() { return false; }` into the class.',
  dialect: {
    sends: ['addSql', 'execute'],
    when: 'call',
    fills: 'none',
    looks: [],
    outside: exported => exported('isTransactional') === false,
  },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://mikro-orm.io/docs/migrations',
  historyTable: 'mikro_orm_migrations',
  transaction: tool.transaction,
  notes: literalNotes(
    '`Migration<14 digits>.ts` or `.js`; all pending files run in one transaction, unless a class defines `isTransactional() { return false; }`, or the configuration `transactional: false` or `allOrNothing: false`.',
  ),
  histories: repo => codeHistories(repo, tool),
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: { 'migrations/Migration20240101000000.ts': 'class A extends Migration {}' },
      expect: ['up Migration20240101000000 migrations/Migration20240101000000.ts all-files'],
    },
    {
      files: {
        'migrations/Migration20240101000000.ts': `export class Migration20240101000000 extends Migration {
  override isTransactional() { return false; }
  override async up(): Promise<void> {
    this.addSql('create index concurrently users_email on users (email);');
  }
}
`,
      },
      expect: ['up Migration20240101000000 migrations/Migration20240101000000.ts per-statement'],
      sends: ['create index concurrently users_email on users (email);'],
    },
  ],
});
