import { defineFramework } from '../model/framework.ts';
import type { Migration } from '../model/source.ts';
import { blank } from './shared/blank.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { natural } from './shared/order.ts';

const FILE = /^\d+_[^/]+\.(json|ya?ml)$/;
const OPERATIONS = /^\s*\{?\s*"?operations"?\s*:/m;

export default defineFramework({
  id: 'pgroll',
  title: 'pgroll',
  link: 'https://pgroll.com/docs',
  historyTable: 'pgroll.migrations',
  transaction: 'whole-file',
  notes: `Numbered JSON and YAML files with \`operations\`, in name order. pgroll expands and contracts the schema itself, in several transactions. The SQL of its operations is not read, so a changed migration is reported as not analyzed.`,
  async histories(repo) {
    const files = repo.paths.filter(path => FILE.test(nameOf(path)) && /pgroll|migrations?\//i.test(path));
    const texts = new Map(await Promise.all(files.map(async file => [file, await repo.read(file)] as const)));
    const own = files.filter(file => OPERATIONS.test(texts.get(file) ?? '')).sort(natural);
    return [...groupBy(own, folderOf)].map(([root, paths]) => ({
      framework: 'pgroll',
      root,
      migrations: paths.map((file): Migration => ({
        id: nameOf(file).replace(/\.\w+$/, ''),
        framework: 'pgroll',
        file,
        sql: blank(texts.get(file) ?? ''),
        changed: false,
        direction: 'up',
        transaction: 'whole-file',
        noTransaction: null,
        unread: [{ line: 1, because: 'The SQL that pgroll generates for these operations is not read.' }],
      })),
    }));
  },
  examples: [
    {
      files: {
        'migrations/01_users.yaml': 'operations:\n  - create_table:\n      name: users\n',
        'migrations/02_note.json': '{ "operations": [{ "sql": { "up": "select 1", "down": "select 2" } }] }',
      },
      expect: ['up 01_users migrations/01_users.yaml whole-file', 'up 02_note migrations/02_note.json whole-file'],
    },
  ],
});
