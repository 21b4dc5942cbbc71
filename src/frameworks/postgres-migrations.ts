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
  notes: `\`NNN-name.sql\` in directories called \`migrations\` below a \`package.json\` that depends on \`postgres-migrations\` or \`pg-node-migrations\`. Each file runs in a transaction, unless it contains \`-- postgres-migrations disable-transaction\`. The tool has no down files. Migrations in JavaScript are not read.`,
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(nameOf(path)) && /(^|\/)migrations(\/|$)/.test(folderOf(path)));
    if (files.length === 0) return [];
    const packages = repo.paths.filter(path => nameOf(path) === 'package.json' && !path.includes('node_modules/'));
    const folders = await Promise.all(
      packages.map(async path =>
        /"(postgres|pg-node)-migrations"\s*:/.test(await repo.read(path)) ? [folderOf(path)] : [],
      ),
    );
    const homes = folders.flat();
    return numberedFiles(
      repo,
      'postgres-migrations',
      files.filter(file => homes.some(home => home === '' || file.startsWith(`${home}/`))),
      {
        transaction: 'whole-file',
        noTransaction: {
          instruction: 'Add the line below to the file.',
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
