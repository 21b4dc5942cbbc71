import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf } from './shared/history.ts';
import { natural, plain } from './shared/order.ts';

const FILE = /(^|\/)migrations\/(?:[^/]+\/)*\d{13}_[^/]*\/(up|down)\.sql$/;
const version = (file: string): string => /^\d+/.exec(nameOf(folderOf(file)))?.[0] ?? '';

export default defineFramework({
  id: 'hasura',
  title: 'Hasura CLI',
  link: 'https://hasura.io/docs/2.0/migrations-metadata-seeds/overview/',
  historyTable: 'hdb_catalog.hdb_version',
  transaction: 'whole-file',
  notes: `\`migrations/<database>/<milliseconds>_name/up.sql\` and \`down.sql\`, in numeric order. The server runs each in a transaction, and the CLI has no option to change this.`,
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(path));
    const sorted = files.sort((a, b) => natural(version(a), version(b)) || plain(b, a));
    return Promise.all(
      [...groupBy(sorted, file => folderOf(folderOf(file)))].map(([root, paths]) =>
        historyOf(
          repo,
          'hasura',
          root,
          paths.map(file => ({
            id: version(file),
            file,
            direction: nameOf(file) === 'up.sql' ? ('up' as const) : ('down' as const),
          })),
          { transaction: 'whole-file', noTransaction: null },
        ),
      ),
    );
  },
  examples: [
    {
      files: {
        'migrations/default/1700000000001_orders/up.sql': 'select 1;',
        'migrations/default/1700000000000_users/up.sql': 'select 1;',
        'migrations/default/1700000000000_users/down.sql': 'select 1;',
      },
      expect: [
        'up 1700000000000 migrations/default/1700000000000_users/up.sql whole-file',
        'down 1700000000000 migrations/default/1700000000000_users/down.sql whole-file',
        'up 1700000000001 migrations/default/1700000000001_orders/up.sql whole-file',
      ],
    },
  ],
});
