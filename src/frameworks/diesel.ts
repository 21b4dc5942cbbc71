import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf } from './shared/history.ts';
import { plain } from './shared/order.ts';

const FILE = /(^|\/)\d[^/]*\/(up|down)\.sql$/;
const version = (file: string): string => (nameOf(folderOf(file)).split('_')[0] ?? '').replaceAll('-', '');

export default defineFramework({
  id: 'diesel',
  title: 'Diesel',
  link: 'https://diesel.rs/guides/getting-started',
  historyTable: '__diesel_schema_migrations',
  transaction: 'whole-file',
  notes: `Directories with \`up.sql\` and \`down.sql\` in a repository with a \`diesel.toml\`, in version order. Each runs in a transaction, unless its
\`metadata.toml\` sets \`run_in_transaction = false\`; then it is sent as one message and may contain only one statement.`,
  async histories(repo) {
    const marks = repo.paths.some(path => /(^|\/)(diesel\.toml|Cargo\.toml)$/.test(path));
    const files = marks ? repo.paths.filter(path => FILE.test(path)) : [];
    const outside = new Set<string>();
    for (const path of repo.paths)
      if (path.endsWith('/metadata.toml') && /run_in_transaction\s*=\s*false/.test(await repo.read(path)))
        outside.add(folderOf(path));
    const noTransaction = {
      instruction: 'Set `run_in_transaction = false` in the `metadata.toml` next to the migration.',
      oneStatement: true,
    };
    const sorted = files.sort((a, b) => plain(version(a), version(b)) || plain(b, a));
    return Promise.all(
      [...groupBy(sorted, file => folderOf(folderOf(file)))].map(([root, paths]) => {
        const migrations = paths.map(file => ({
          id: version(file),
          file,
          direction: nameOf(file) === 'up.sql' ? ('up' as const) : ('down' as const),
          ...(outside.has(folderOf(file)) ? { transaction: 'one-message' as const } : {}),
        }));
        return historyOf(repo, 'diesel', root, migrations, { transaction: 'whole-file', noTransaction });
      }),
    );
  },
  examples: [
    {
      files: { 'diesel.toml': '', 'migrations/2024-01-01-000000_add users/up.sql': 'select 1;' },
      expect: ['up 20240101000000 migrations/2024-01-01-000000_add users/up.sql whole-file'],
    },
    {
      files: {
        'diesel.toml': '',
        'migrations/2024-01-01-000000_users/up.sql': 'select 1;',
        'migrations/2024-01-01-000000_users/down.sql': 'select 1;',
        'migrations/2024-01-02-000000_index/up.sql': 'select 1;',
        'migrations/2024-01-02-000000_index/metadata.toml': 'run_in_transaction = false',
      },
      expect: [
        'up 20240101000000 migrations/2024-01-01-000000_users/up.sql whole-file',
        'down 20240101000000 migrations/2024-01-01-000000_users/down.sql whole-file',
        'up 20240102000000 migrations/2024-01-02-000000_index/up.sql one-message',
      ],
    },
  ],
});
