import { defineFramework } from '../framework.ts';
import { placeholders } from './shared/templates.ts';
import { digitsOf, numbered, oneFile } from './shared/one-file.ts';

const OUTSIDE = /^--\s*\+goose\s+NO\s+TRANSACTION/im;
const ENVSUB = /^--\s*\+goose\s+ENVSUB\s+ON/im;

/** The text between StatementBegin and StatementEnd may lack its semicolon: the end marker stands for one. */
const tidy = (sql: string): string =>
  (ENVSUB.test(sql) ? placeholders(sql) : sql)
    .replace(/^--\s*\+goose\s+StatementEnd.*$/gim, whole => `;${' '.repeat(whole.length - 1)}`)
    .replace(/^--\s*\+goose.*$/gim, whole => ' '.repeat(whole.length));

export default defineFramework({
  id: 'goose',
  title: 'goose',
  link: 'https://pressly.github.io/goose/',
  historyTable: 'goose_db_version',
  transaction: 'whole-file',
  notes: `Numbered files with \`-- +goose Up\` and \`-- +goose Down\`. Each file runs in a transaction, unless it contains \`-- +goose NO TRANSACTION\`; then its statements commit individually. After \`-- +goose ENVSUB ON\` variables are replaced with their own names. Migrations in Go are not read.`,
  markers: { pattern: /^--\s*\+goose\s+(Up|Down)\b/im, every: true },
  histories: repo =>
    oneFile(repo, 'goose', numbered(repo.paths), {
      up: /^--\s*\+goose\s+Up\b/i,
      down: /^--\s*\+goose\s+Down\b/i,
      outside: { up: OUTSIDE, down: OUTSIDE },
      then: 'per-statement',
      noTransaction: {
        how: 'Add the line below before the first section; goose then runs the statements of the file individually.',
        marker: '-- +goose NO TRANSACTION',
        oneStatement: false,
      },
      id: digitsOf,
      tidy,
    }),
  examples: [
    {
      files: {
        'sql/00001_users.sql':
          '-- +goose Up\n-- +goose StatementBegin\nselect 1\n-- +goose StatementEnd\n-- +goose Down\nselect 2;',
      },
      expect: ['up 00001 sql/00001_users.sql whole-file', 'down 00001 sql/00001_users.sql whole-file'],
    },
    {
      files: { 'sql/00002_index.sql': '-- +goose NO TRANSACTION\n-- +goose Up\nselect 1;\n-- +goose Down\n' },
      expect: ['up 00002 sql/00002_index.sql per-statement', 'down 00002 sql/00002_index.sql per-statement'],
    },
  ],
});
