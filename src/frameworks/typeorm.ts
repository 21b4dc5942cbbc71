import { defineFramework } from '../model/framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'typeorm',
  title: 'TypeORM',
  file: /(^|\/)\d{13}-[^/]+\.[jt]s$/,
  pattern: /\b(MigrationInterface|QueryRunner)\b/i,
  project: { files: /(^|\/)ormconfig\.([cm]?[jt]s|json)$/, packages: ['typeorm'] },
  transaction: 'all-files',
  settings: {
    file: /(^|\/)(ormconfig|[\w.-]*data-?source)\.([cm]?[jt]s|json)$/i,
    patterns: [
      [/migrationsTransactionMode["']?\s*:\s*["'`]none/, 'per-statement'],
      [/migrationsTransactionMode["']?\s*:\s*["'`]each/, 'whole-file'],
    ],
  },
  instruction: "Put `transaction = false` into the class, and run with `migrationsTransactionMode: 'each'`.",
  dialect: {
    sends: ['query'],
    when: 'call',
    fills: 'none',
    looks: ['hasTable', 'hasColumn', 'getTable', 'getTables', 'getView', 'connect'],
    outside: exported => exported('transaction') === false,
  },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://typeorm.io/docs/advanced-topics/migrations/',
  historyTable: 'migrations',
  transaction: tool.transaction,
  notes: literalNotes(
    '`<13 digits>-name.ts` or `.js`; all pending files run in one transaction, unless a class sets `transaction = false`, or the data source `migrationsTransactionMode`.',
  ),
  histories: repo => codeHistories(repo, tool),
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: {
        'src/data-source.ts': "export default new DataSource({ migrationsTransactionMode: 'each' });",
        'src/migrations/1700000000000-users.ts': `export class Users1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.query('CREATE TABLE "users" ("id" bigint)');
  }
}
`,
      },
      expect: ['up 1700000000000-users src/migrations/1700000000000-users.ts whole-file'],
      sends: ['CREATE TABLE "users" ("id" bigint);'],
    },
    {
      files: { 'src/migrations/1700000000000-users.ts': 'export class Users implements MigrationInterface {}' },
      expect: ['up 1700000000000-users src/migrations/1700000000000-users.ts all-files'],
    },
    {
      files: {
        'src/migrations/1700000000000-email.ts': `export class Email1700000000000 implements MigrationInterface {
  transaction = false;
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`CREATE INDEX CONCURRENTLY "users_email" ON "users" ("email")\`);
  }
  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "users_email"');
  }
}
`,
      },
      expect: [
        'up 1700000000000-email src/migrations/1700000000000-email.ts per-statement',
        'down 1700000000000-email src/migrations/1700000000000-email.ts per-statement',
      ],
      sends: ['CREATE INDEX CONCURRENTLY "users_email" ON "users" ("email");', 'DROP INDEX "users_email";'],
    },
  ],
});
