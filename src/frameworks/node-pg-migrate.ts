import { defineFramework, type Repo } from '../model/framework.ts';
import { codeHistories, literalNotes, packageHomes, readPrograms, type CodeTool } from './shared/code.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { merged } from './shared/merged.ts';
import { numbered, oneFile } from './shared/one-file.ts';

const tool: CodeTool = {
  id: 'node-pg-migrate',
  title: 'node-pg-migrate',
  file: /(^|\/)\d+[_-][^/]+\.[cm]?[jt]s$/,
  pattern: /\bpgm\b|\bMigrationBuilder\b/,
  project: { packages: ['node-pg-migrate'] },
  transaction: 'all-files',
  instruction: 'Call `pgm.noTransaction()` in the migration; a SQL migration must be rewritten in JavaScript for this.',
  dialect: {
    sends: ['sql'],
    when: 'call',
    fills: 'braces',
    looks: ['noTransaction', 'func'],
    outside: (_, called) => called.has('noTransaction'),
  },
};

const UP = /^\s*--[\s-]*up\s+migration/im;
const DOWN = /^\s*--[\s-]*down\s+migration/im;

/** Folders called migrations of a project that has node-pg-migrate and no other tool for such files. */
async function ownFolders(repo: Repo): Promise<Set<string>> {
  const folders = numbered(repo.paths)
    .map(folderOf)
    .filter(folder => /(^|\/)migrations?$/.test(folder));
  if (folders.length === 0) return new Set();
  const homes = await packageHomes(repo, ['node-pg-migrate']);
  return new Set(folders.filter(folder => homes.some(home => home === '' || folder.startsWith(`${home}/`))));
}

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://salsita.github.io/node-pg-migrate/',
  historyTable: 'pgmigrations',
  transaction: tool.transaction,
  notes:
    literalNotes(`SQL files with \`-- Up Migration\` and \`-- Down Migration\`, and programs; a SQL file without these markers is an up migration, below a \`package.json\` that depends on \`node-pg-migrate\`. All pending files run in one transaction; a program leaves it
with \`pgm.noTransaction()\`, a SQL file cannot.`),
  markers: { pattern: UP, every: false, settled: async (repo, folder) => (await ownFolders(repo)).has(folder) },
  async histories(repo) {
    const folders = await ownFolders(repo);
    const whole = (text: string, file: string): boolean => folders.has(folderOf(file)) && !UP.test(text);
    const files = await oneFile(repo, tool.id, numbered(repo.paths), {
      up: UP,
      down: DOWN,
      whole,
      outside: { up: /(?!)/, down: /(?!)/ },
      then: tool.transaction,
      noTransaction: { instruction: tool.instruction, oneStatement: false },
      id: file => nameOf(file).replace(/\.sql$/, ''),
    });
    const inOne = files.map(history => ({
      ...history,
      migrations: history.migrations.map(one => ({ ...one, transaction: tool.transaction })),
    }));
    return merged([...inOne, ...(await codeHistories(repo, tool))]);
  },
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: {
        'package.json': '{ "devDependencies": { "node-pg-migrate": "8.0.0" } }',
        'migrations/20260101000000000_users.sql': 'select 1;\n-- Down Migration\nselect 2;',
        'migrations/20260102000000000_orders.sql': 'select 3;',
      },
      expect: [
        'up 20260101000000000_users migrations/20260101000000000_users.sql all-files',
        'down 20260101000000000_users migrations/20260101000000000_users.sql all-files',
        'up 20260102000000000_orders migrations/20260102000000000_orders.sql all-files',
      ],
      sends: ['select 1;', 'select 2;', 'select 3;'],
    },
    {
      files: { 'migrations/1700000000000_users.sql': '-- Up Migration\nselect 1;\n-- Down Migration\nselect 2;' },
      expect: [
        'up 1700000000000_users migrations/1700000000000_users.sql all-files',
        'down 1700000000000_users migrations/1700000000000_users.sql all-files',
      ],
    },
    {
      files: {
        'migrations/1700000000000_users.sql': '-- Up Migration\ncreate table users (id bigint);',
        'migrations/1700000000001_email.js': `exports.up = pgm => {
  pgm.noTransaction();
  pgm.sql('create index concurrently users_email on users (email)');
};
exports.down = pgm => pgm.sql('drop index users_email');
`,
      },
      expect: [
        'up 1700000000000_users migrations/1700000000000_users.sql all-files',
        'down 1700000000000_users migrations/1700000000000_users.sql all-files',
        'up 1700000000001_email migrations/1700000000001_email.js per-statement',
        'down 1700000000001_email migrations/1700000000001_email.js all-files',
      ],
      sends: [
        'create table users (id bigint);',
        '',
        'create index concurrently users_email on users (email);',
        'drop index users_email;',
      ],
    },
  ],
});
