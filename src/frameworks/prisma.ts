import { defineFramework, type Repo } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf } from './shared/history.ts';
import { plain } from './shared/order.ts';

const LOCK = 'migration_lock.toml';
const CONFIG = /^prisma\.config\.[cm]?[jt]s$/;
const FILE = /^(.*?)\/?([^/]+)\/migration\.sql$/;

/** The folders of a lock file, those next to a schema, and those that a configuration names (Prisma 7). */
async function rootsOf(repo: Repo): Promise<Set<string>> {
  const roots = new Set<string>();
  for (const path of repo.paths) {
    const name = nameOf(path);
    if (name === LOCK) roots.add(folderOf(path));
    else if (name === 'schema.prisma') roots.add(within(folderOf(path), 'migrations'));
    else if (CONFIG.test(name)) {
      const [, folder] = /\bmigrations\s*:\s*\{[^}]*?\bpath\s*:\s*['"`]([^'"`$]+)/.exec(await repo.read(path)) ?? [];
      if (folder !== undefined) roots.add(within(folderOf(path), folder));
    }
  }
  return roots;
}

const within = (folder: string, path: string): string => {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return [folder, ...parts].filter(part => part !== '').join('/');
};

export default defineFramework({
  id: 'prisma',
  title: 'Prisma Migrate',
  link: 'https://www.prisma.io/docs/orm/prisma-migrate',
  historyTable: '_prisma_migrations',
  transaction: 'one-message',
  notes: `Directories with a \`migration.sql\` next to a \`migration_lock.toml\`, in \`migrations\` next to a \`schema.prisma\`, or in the directory that \`prisma.config.ts\` sets, in name order. A file is sent as one message:
several statements in it run in one transaction, so CREATE INDEX CONCURRENTLY needs a file of its own. The tool has no down files.`,
  extra: 'Prisma Migrate only runs files named migration.sql.',
  async declared(repo, root) {
    const lock = within(root, LOCK);
    if (!repo.paths.includes(lock)) return null;
    return /^\s*provider\s*=\s*"([^"]+)"/m.exec(await repo.read(lock))?.[1] ?? null;
  },
  async histories(repo) {
    const roots = await rootsOf(repo);
    if (roots.size === 0) return [];
    const files = repo.paths.filter(path => path.endsWith('/migration.sql') && roots.has(folderOf(folderOf(path))));
    const base = {
      transaction: 'one-message',
      noTransaction: {
        instruction:
          'Put the statement into a migration of its own: Prisma runs a file without a transaction if it contains only one statement.',
        oneStatement: true,
      },
    } as const;
    return Promise.all(
      [...groupBy(files.sort(plain), path => folderOf(folderOf(path)))].map(([root, paths]) =>
        historyOf(
          repo,
          'prisma',
          root,
          paths.map(file => ({ id: FILE.exec(file)?.[2] ?? file, file, direction: 'up' as const })),
          base,
        ),
      ),
    );
  },
  examples: [
    {
      files: {
        'prisma.config.ts': "export default defineConfig({ schema: 'db/models', migrations: { path: './db/steps' } });",
        'db/models/user.prisma': 'model User { id Int @id }',
        'db/steps/0_init/migration.sql': 'create table users (id bigint);',
      },
      expect: ['up 0_init db/steps/0_init/migration.sql one-message'],
    },
    {
      files: {
        'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
        'prisma/migrations/20240102000000_orders/migration.sql': 'create table orders (id bigint);',
        'prisma/migrations/20240101000000_users/migration.sql': 'create table users (id bigint);',
      },
      expect: [
        'up 20240101000000_users prisma/migrations/20240101000000_users/migration.sql one-message',
        'up 20240102000000_orders prisma/migrations/20240102000000_orders/migration.sql one-message',
      ],
    },
  ],
});
