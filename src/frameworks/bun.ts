import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const FILE = /^(\d{14})_[\w-]+(\.tx)?\.(up|down)\.sql$/;

export default defineFramework({
  id: 'bun',
  title: 'Bun (Go)',
  link: 'https://bun.uptrace.dev/guide/migrations.html',
  historyTable: 'bun_migrations',
  transaction: 'per-statement',
  notes: `\`<14 digits>_name.up.sql\` and \`.down.sql\` in directories where a file is named \`.tx.up.sql\` or contains \`--bun:split\`. A file named \`.tx.up.sql\` runs in a
transaction; in any other file, each part between \`--bun:split\` commits individually.`,
  markers: {
    pattern: /^--bun:split/m,
    every: false,
    settled: (repo, folder) =>
      Promise.resolve(repo.paths.some(path => folderOf(path) === folder && path.includes('.tx.'))),
  },
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(nameOf(path)));
    const own = new Set(files.filter(path => path.includes('.tx.')).map(folderOf));
    for (const file of files)
      if (!own.has(folderOf(file)) && /^--bun:split/m.test(await repo.read(file))) own.add(folderOf(file));
    return numberedFiles(
      repo,
      'bun',
      files.filter(file => own.has(folderOf(file))),
      {
        transaction: 'per-statement',
        noTransaction: {
          instruction: 'Leave `.tx` out of the file name; Bun then runs the file without a transaction.',
          oneStatement: false,
        },
      },
      file => {
        const [, id = '', tx, verb] = FILE.exec(nameOf(file)) ?? [];
        const transaction = tx === undefined ? ('per-statement' as const) : ('whole-file' as const);
        return [{ id, file, direction: verb === 'up' ? 'up' : 'down', transaction }];
      },
      (text, { transaction = 'per-statement' }) => ({
        sql: text.replace(/^--bun:split/gm, ';         '),
        transaction: transaction === 'per-statement' && !/^--bun:split/m.test(text) ? 'one-message' : transaction,
      }),
    );
  },
  examples: [
    {
      files: {
        'migrations/20240101000000_users.tx.up.sql': 'select 1;',
        'migrations/20240102000000_index.up.sql': 'select 1\n--bun:split\nselect 2;',
        'migrations/20240103000000_more.up.sql': 'select 1;',
      },
      expect: [
        'up 20240101000000 migrations/20240101000000_users.tx.up.sql whole-file',
        'up 20240102000000 migrations/20240102000000_index.up.sql per-statement',
        'up 20240103000000 migrations/20240103000000_more.up.sql one-message',
      ],
    },
  ],
});
