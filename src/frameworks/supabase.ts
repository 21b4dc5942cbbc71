import { defineFramework } from '../model/framework.ts';
import { digitsOf } from './shared/one-file.ts';
import { folderOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf } from './shared/history.ts';
import { plain } from './shared/order.ts';

export default defineFramework({
  id: 'supabase',
  title: 'Supabase CLI',
  link: 'https://supabase.com/docs/guides/deployment/database-migrations',
  historyTable: 'supabase_migrations.schema_migrations',
  transaction: 'pipeline',
  notes: `\`supabase/migrations/<digits>_name.sql\` in name order. A file is sent as one pipeline, which is one transaction in which only the first statement may be one that cannot run in a transaction. The tool has no down files.`,
  async histories(repo) {
    const files = repo.paths.filter(path => /(^|\/)supabase\/migrations\/\d+_[^/]*\.sql$/.test(path)).sort(plain);
    const base = {
      transaction: 'pipeline',
      noTransaction: {
        instruction:
          'Put the statement first, or into a file of its own: in a Supabase migration, only the first statement can run outside a transaction.',
        oneStatement: true,
      },
    } as const;
    return Promise.all(
      [...groupBy(files, folderOf)].map(([root, paths]) =>
        historyOf(
          repo,
          'supabase',
          root,
          paths.map(file => ({ id: digitsOf(file), file, direction: 'up' as const })),
          base,
        ),
      ),
    );
  },
  examples: [
    {
      files: { 'supabase/migrations/20240101000000_users.sql': 'select 1;' },
      expect: ['up 20240101000000 supabase/migrations/20240101000000_users.sql pipeline'],
    },
  ],
});
