import { defineFramework } from '../model/framework.ts';
import type { Migration } from '../model/source.ts';
import { nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';
import { substituted } from './shared/substituted.ts';

const FILE = /(^|\/)committed\/\d{6}(-[^/]*)?\.sql$/;
const HEADER = /^--!\s*(Previous|Hash):/m;

/** `:NAME` stands for an identifier of the same length; casts (`::text`), array slices and `:=` stay. */
const placeholders = (sql: string, created: Set<string>): Pick<Migration, 'sql' | 'unread'> => {
  const places = [...sql.matchAll(/(?<![:\w\]]):([A-Z][A-Z0-9_]+)\b/g)].map(({ 0: whole, 1: name = '', index }) => ({
    ...{ start: index, end: index + whole.length },
    ...{ name, value: null },
  }));
  return substituted(sql, places, created);
};

export default defineFramework({
  id: 'graphile-migrate',
  title: 'graphile-migrate',
  link: 'https://github.com/graphile/migrate',
  historyTable: 'graphile_migrate.migrations',
  transaction: 'whole-file',
  notes: `\`committed/NNNNNN-name.sql\`, in numeric order; a placeholder \`:NAME\` that names the object of a statement is not analyzed. Each file runs in a transaction, unless its
body begins with \`--! no-transaction\`; then it is sent as one message and may contain only one statement. \`current.sql\` is not read.`,
  markers: { pattern: HEADER, every: true },
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(path));
    const texts = await Promise.all(files.map(async file => HEADER.test(await repo.read(file))));
    const own = files.filter((_, index) => texts[index]);
    const created = new Set<string>();
    return numberedFiles(
      repo,
      'graphile-migrate',
      own,
      {
        transaction: 'whole-file',
        noTransaction: {
          instruction: 'Start the body of the file with the line below.',
          marker: '--! no-transaction',
          oneStatement: true,
        },
      },
      file => [{ id: nameOf(file), file, direction: 'up' }],
      text => {
        const read = placeholders(text, created);
        return /^--!\s*no-transaction\b/m.test(text) ? { ...read, transaction: 'one-message' } : read;
      },
    );
  },
  examples: [
    {
      files: {
        'migrations/committed/000001.sql':
          '--! Previous: -\n--! Hash: sha1:0\n\ngrant connect on database :DATABASE_NAME to app;',
        'migrations/committed/000002-index.sql':
          '--! Previous: sha1:0\n--! Hash: sha1:1\n\n--! no-transaction\nselect 1;',
      },
      expect: [
        'up 000001.sql migrations/committed/000001.sql whole-file',
        'up 000002-index.sql migrations/committed/000002-index.sql one-message',
      ],
    },
  ],
});
