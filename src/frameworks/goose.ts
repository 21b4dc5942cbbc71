import { defineFramework } from '../model/framework.ts';
import { placeholders, type PlaceholderValues } from './shared/templates.ts';
import type { Message, Migration } from '../model/source.ts';
import { digitsOf, numbered, oneFile } from './shared/one-file.ts';

const OUTSIDE = /^--\s*\+goose\s+NO\s+TRANSACTION/im;
const ENVSUB = /^--\s*\+goose\s+ENVSUB\s+ON/im;

/** The text between StatementBegin and StatementEnd may lack its semicolon: the end marker stands for one. */
const ended = (sql: string): string =>
  sql
    .replace(/^--\s*\+goose\s+StatementEnd.*$/gim, whole => `;${' '.repeat(whole.length - 1)}`)
    .replace(/^--\s*\+goose.*$/gim, whole => ' '.repeat(whole.length));

/** What stands between the two markers is sent as one message, whatever it holds (goose, internal/sqlparser). */
function blocks(text: string): Message[] {
  const messages: Message[] = [];
  let begun: number | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^--\s*\+goose\s+StatementBegin\b/i.test(line)) begun = index + 1;
    if (begun === null || !/^--\s*\+goose\s+StatementEnd\b/i.test(line)) continue;
    messages.push({ line: begun, endLine: index + 1 });
    begun = null;
  }
  return messages;
}

const tidy =
  (values: PlaceholderValues) =>
  (text: string): Pick<Migration, 'sql' | 'unread' | 'messages'> => {
    const { sql, unread } = ENVSUB.test(text) ? placeholders(text, values) : { sql: text, unread: [] };
    return { sql: ended(sql), unread, messages: blocks(text) };
  };

export default defineFramework({
  id: 'goose',
  title: 'goose',
  link: 'https://pressly.github.io/goose/',
  historyTable: 'goose_db_version',
  transaction: 'whole-file',
  notes: `Numbered files with \`-- +goose Up\` and \`-- +goose Down\`. Each file runs in a transaction, unless it contains \`-- +goose NO TRANSACTION\`; then its statements commit individually, except that those between \`StatementBegin\` and \`StatementEnd\` are sent as one message, which is a transaction. After \`-- +goose ENVSUB ON\` a variable that names the object of a statement is not analyzed. Migrations in Go are not read.`,
  markers: { pattern: /^--\s*\+goose\s+(Up|Down)\b/im, every: true },
  histories: repo =>
    oneFile(repo, 'goose', numbered(repo.paths), {
      up: /^--\s*\+goose\s+Up\b/i,
      down: /^--\s*\+goose\s+Down\b/i,
      outside: { up: OUTSIDE, down: OUTSIDE },
      then: 'per-statement',
      noTransaction: {
        instruction: 'Start the file with the two lines below; goose then runs its statements individually.',
        marker: '-- +goose NO TRANSACTION\n-- +goose Up',
        oneStatement: false,
      },
      id: digitsOf,
      tidy: tidy({ created: new Set() }),
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
