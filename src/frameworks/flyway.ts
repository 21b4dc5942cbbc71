import { defineFramework } from '../framework.ts';
import { folderOf, groupBy, nameOf } from './shared/files.ts';
import { historyOf } from './shared/history.ts';
import { natural } from './shared/order.ts';

const FILE = /^V([\d._]+?)__.*\.sql$/;

/** Statements that Flyway takes for non-transactional (PostgreSQLParser); a file of only such runs without a transaction. */
const ALONE =
  /^\s*(?:(?:create|drop)\s+(?:unique\s+)?index\s+concurrently|(?:create|drop)\s+(?:database|tablespace|subscription)|alter\s+system|reindex\s+(?:verbose\s+)?(?:schema|database|system)|vacuum|discard\s+all)\b/i;

const statements = (text: string): string[] =>
  text
    .replace(/--[^\n]*/g, '')
    .split(';')
    .map(part => part.trim())
    .filter(part => part !== '');

export default defineFramework({
  id: 'flyway',
  title: 'Flyway',
  link: 'https://documentation.red-gate.com/flyway',
  historyTable: 'flyway_schema_history',
  transaction: 'whole-file',
  notes: `\`V1__name.sql\` in the order of their versions; placeholders \`\${name}\` stand for their own names. Each file is a transaction, except one that holds only
statements that refuse a transaction. Repeatable (\`R__\`) and undo (\`U1__\`) files are not read yet.`,
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(nameOf(path)));
    const version = (path: string): string => (FILE.exec(nameOf(path))?.[1] ?? '').replaceAll('_', '.');
    const base = {
      transaction: 'whole-file',
      noTransaction: {
        how: 'Flyway runs a file without a transaction when it holds only statements that refuse one.',
        oneStatement: false,
      },
    } as const;
    return Promise.all(
      [
        ...groupBy(
          files.sort((a, b) => natural(version(a), version(b))),
          folderOf,
        ),
      ].map(([root, paths]) =>
        historyOf(
          repo,
          'flyway',
          root,
          paths.map(file => ({ id: version(file), file, direction: 'up' as const })),
          base,
          text => {
            const sql = text.replace(/\$\{(?:[\w.-]+[.:])?([\w-]+)\}/g, (whole, name: string) =>
              name.replaceAll('-', '_').padEnd(whole.length),
            );
            const parts = statements(sql);
            return parts.length > 0 && parts.every(part => ALONE.test(part))
              ? { sql, transaction: 'per-statement' }
              : { sql };
          },
        ),
      ),
    );
  },
  examples: [
    {
      files: {
        'db/migration/V2__orders.sql': 'create table orders (id bigint);',
        'db/migration/V1_1__users.sql': 'select 1;',
        'db/migration/V10__index.sql': 'create index concurrently a on orders (id);',
      },
      expect: [
        'up 1.1 db/migration/V1_1__users.sql whole-file',
        'up 2 db/migration/V2__orders.sql whole-file',
        'up 10 db/migration/V10__index.sql per-statement',
      ],
    },
  ],
});
