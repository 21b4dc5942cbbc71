import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const FILE = /^-?\d+[-_]?.*\.sql$/;
const OUTSIDE = /--\s*postgres-migrations\s+disable-transaction/i;

export default defineFramework({
  id: 'postgres-migrations',
  title: 'postgres-migrations',
  link: 'https://github.com/ThomWright/postgres-migrations',
  historyTable: 'migrations',
  transaction: 'whole-file',
  notes: `\`NNN-name.sql\` in folders called \`migrations\` below a \`package.json\` that names \`postgres-migrations\` or \`pg-node-migrations\`. Each file is a
transaction, unless it says \`-- postgres-migrations disable-transaction\`. There are no down files. Migrations in JavaScript are not analyzed.`,
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(nameOf(path)) && /(^|\/)migrations(\/|$)/.test(folderOf(path)));
    if (files.length === 0) return [];
    const packages = repo.paths.filter(path => nameOf(path) === 'package.json' && !path.includes('node_modules/'));
    const named = await Promise.all(
      packages.map(async path =>
        /"(postgres|pg-node)-migrations"\s*:/.test(await repo.read(path)) ? [folderOf(path)] : [],
      ),
    );
    const homes = named.flat();
    return numberedFiles(
      repo,
      'postgres-migrations',
      files.filter(file => homes.some(home => home === '' || file.startsWith(`${home}/`))),
      {
        transaction: 'whole-file',
        noTransaction: {
          how: 'postgres-migrations runs a file without a transaction if it has this line.',
          marker: '-- postgres-migrations disable-transaction',
          oneStatement: true,
        },
      },
      file => [{ id: nameOf(file).replace(/\.sql$/, ''), file, direction: 'up' }],
      text => (OUTSIDE.test(text) ? { sql: text, transaction: 'one-message' } : { sql: text }),
    );
  },
  examples: [
    {
      files: {
        'package.json': '{ "dependencies": { "postgres-migrations": "5.3.0" } }',
        'migrations/1-users.sql': 'select 1;',
        'migrations/10-index.sql': '-- postgres-migrations disable-transaction\nselect 1;',
      },
      expect: ['up 1-users migrations/1-users.sql whole-file', 'up 10-index migrations/10-index.sql one-message'],
    },
  ],
});
