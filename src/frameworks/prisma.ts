import { defineFramework } from '../framework.ts';
import { folderOf, groupBy } from './shared/files.ts';
import { historyOf } from './shared/history.ts';
import { plain } from './shared/order.ts';

const FILE = /^(.*?)\/?([^/]+)\/migration\.sql$/;

export default defineFramework({
  id: 'prisma',
  title: 'Prisma Migrate',
  link: 'https://www.prisma.io/docs/orm/prisma-migrate',
  historyTable: '_prisma_migrations',
  transaction: 'one-message',
  notes: `Folders with a \`migration.sql\` beside a \`migration_lock.toml\`, in the order of their names. A file is sent as one message:
several statements in it are one transaction, so an index that is built concurrently must be alone in its file. There are no down files.`,
  async histories(repo) {
    const roots = new Set(repo.paths.filter(path => path.endsWith('migration_lock.toml')).map(folderOf));
    if (roots.size === 0) return [];
    const files = repo.paths.filter(path => path.endsWith('/migration.sql') && roots.has(folderOf(folderOf(path))));
    const base = {
      transaction: 'one-message',
      noTransaction: {
        how: 'Prisma runs a migration without a transaction when its file holds one statement only: give it a file of its own.',
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
