import { defineFramework } from '../model/framework.ts';
import { digitsOf, numbered, oneFile } from './shared/one-file.ts';

export default defineFramework({
  id: 'dbmate',
  title: 'dbmate',
  link: 'https://github.com/amacneil/dbmate',
  historyTable: 'schema_migrations',
  transaction: 'whole-file',
  notes: `Numbered files with \`-- migrate:up\` and \`-- migrate:down\`. Each section runs in a transaction, unless its marker sets \`transaction:false\`; then it is sent as one message and may contain only one statement.`,
  markers: { pattern: /^--\s*migrate:(up|down)(\s|$)/m, every: true },
  histories: repo =>
    oneFile(repo, 'dbmate', numbered(repo.paths), {
      up: /^--\s*migrate:up(\s|$)/,
      down: /^--\s*migrate:down(\s|$)/,
      outside: {
        up: /^--\s*migrate:up\s+.*transaction:\s*false/m,
        down: /^--\s*migrate:down\s+.*transaction:\s*false/m,
      },
      then: 'one-message',
      noTransaction: {
        instruction: 'Set it in the marker of the section, as below.',
        marker: '-- migrate:up transaction:false',
        oneStatement: true,
      },
      id: digitsOf,
    }),
  examples: [
    {
      files: {
        'db/migrations/1_users.sql':
          '-- migrate:up\ncreate table users (id bigint);\n-- migrate:down\ndrop table users;',
        'db/migrations/2_index.sql': '-- migrate:up transaction:false\nselect 1;\n-- migrate:down\n',
      },
      expect: [
        'up 1 db/migrations/1_users.sql whole-file',
        'down 1 db/migrations/1_users.sql whole-file',
        'up 2 db/migrations/2_index.sql one-message',
        'down 2 db/migrations/2_index.sql whole-file',
      ],
    },
  ],
});
