import { defineFramework } from '../model/framework.ts';
import { upDown, ofSqlx } from './shared/up-down.ts';

/** A folder called migrations, or one below it that names the database. */
const FILE = /(^|\/)migrations[^/]*\/([a-z_]+\/)?\d+_[^/]*\.sql$/;

export default defineFramework({
  id: 'sqlx',
  title: 'sqlx (Rust)',
  link: 'https://docs.rs/sqlx/latest/sqlx/macro.migrate.html',
  historyTable: '_sqlx_migrations',
  transaction: 'whole-file',
  notes: `\`migrations/NNN_name.sql\`, or \`.up.sql\` and \`.down.sql\`, in numeric order, in a Rust crate. Each file runs in a transaction, unless it begins
with \`-- no-transaction\`; then it is sent as one message and may contain only one statement.`,
  async histories(repo) {
    const isOurs = ofSqlx(repo.paths);
    const files = repo.paths.filter(path => FILE.test(path) && isOurs(path));
    const noTransaction = {
      instruction: 'Start the file with `-- no-transaction`.',
      marker: '-- no-transaction',
      oneStatement: true,
    };
    return upDown(repo, 'sqlx', files, { transaction: 'whole-file', noTransaction }, text =>
      text.startsWith('-- no-transaction') ? { sql: text, transaction: 'one-message' } : { sql: text },
    );
  },
  examples: [
    {
      files: {
        'Cargo.toml': '',
        'migrations/1_users.sql': 'select 1;',
        'migrations/2_index.sql': '-- no-transaction\nselect 1;',
      },
      expect: ['up 1_users migrations/1_users.sql whole-file', 'up 2_index migrations/2_index.sql one-message'],
    },
  ],
});
