import { defineFramework } from '../model/framework.ts';
import { nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const FILE = /^(\d+)\.(do|undo)(\.[^.]*)?\.sql$/;

export default defineFramework({
  id: 'postgrator',
  title: 'postgrator',
  link: 'https://github.com/rickbergfalk/postgrator',
  historyTable: 'schemaversion',
  transaction: 'one-message',
  notes: `\`NNN.do.name.sql\` and \`NNN.undo.name.sql\`, in numeric order. A file is sent as one message: several statements in it run in one transaction, so CREATE INDEX CONCURRENTLY needs a file of its own. Migrations in JavaScript are not read.`,
  histories: repo =>
    numberedFiles(
      repo,
      'postgrator',
      repo.paths.filter(path => FILE.test(nameOf(path))),
      {
        transaction: 'one-message',
        noTransaction: {
          instruction:
            'Put the statement into a file of its own: postgrator sends a file as one message, which is a transaction if it contains several statements.',
          oneStatement: true,
        },
      },
      file => {
        const [, id = '', verb] = FILE.exec(nameOf(file)) ?? [];
        return [{ id, file, direction: verb === 'do' ? 'up' : 'down' }];
      },
    ),
  examples: [
    {
      files: {
        'migrations/010.do.orders.sql': 'select 1;',
        'migrations/9.do.sql': 'select 1;',
        'migrations/9.undo.sql': 'select 1;',
      },
      expect: [
        'up 9 migrations/9.do.sql one-message',
        'down 9 migrations/9.undo.sql one-message',
        'up 010 migrations/010.do.orders.sql one-message',
      ],
    },
  ],
});
