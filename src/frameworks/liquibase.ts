import { defineFramework } from '../framework.ts';
import { nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const HEAD = /^\uFEFF?\s*--\s*liquibase\s*formatted\s+sql/i;
const CHANGESET = /^\s*--\s*changeset\s.*$/gim;
const OUTSIDE = /runInTransaction:\s*"?false/i;

/** `${name}` stands for an identifier of the same width. */
const placeholders = (sql: string): string =>
  sql.replace(/\$\{(?:[\w.-]+[.:])?([\w-]+)\}/g, (whole, name: string) =>
    name.replaceAll('-', '_').padEnd(whole.length),
  );

export default defineFramework({
  id: 'liquibase',
  title: 'Liquibase (formatted SQL)',
  link: 'https://docs.liquibase.com/',
  historyTable: 'databasechangelog',
  transaction: 'whole-file',
  notes: `SQL files that begin with \`--liquibase formatted sql\`, in folders whose path speaks of changes, migrations, Liquibase or a database, in the natural
order of their names. A file is taken for one transaction (Liquibase commits each changeset), unless all its changesets say \`runInTransaction:false\`; where
only some do, that is a blind spot. Changelogs in XML, YAML and JSON, and the order that they give, are not read; nor are rollbacks.`,
  async histories(repo) {
    const files = repo.paths.filter(path => path.endsWith('.sql') && /change|migrat|liquibase|(^|\/)db\//i.test(path));
    const heads = await Promise.all(files.map(async file => HEAD.test(await repo.read(file))));
    return numberedFiles(
      repo,
      'liquibase',
      files.filter((_, index) => heads[index]),
      {
        transaction: 'whole-file',
        noTransaction: {
          how: 'Liquibase runs a changeset statement by statement when its line says `runInTransaction:false`.',
          oneStatement: false,
        },
      },
      file => [{ id: nameOf(file), file, direction: 'up' }],
      text => {
        const sql = placeholders(text);
        const sets = [...text.matchAll(CHANGESET)];
        const outside = sets.filter(([line]) => OUTSIDE.test(line));
        const first = outside[0];
        if (!first) return { sql };
        if (outside.length === sets.length) return { sql, transaction: 'per-statement' };
        const line = text.slice(0, first.index + first[0].search(/\S/)).split('\n').length;
        return {
          sql,
          unread: [
            { line, because: 'Only some changesets of this file run in a transaction; all were read as if they did.' },
          ],
        };
      },
    );
  },
  examples: [
    {
      files: {
        'db/changelog/1-users.sql': '--liquibase formatted sql\n--changeset ann:1\nselect 1;',
        'db/changelog/2-index.sql': '--liquibase formatted sql\n--changeset ann:2 runInTransaction:false\nselect 1;',
      },
      expect: [
        'up 1-users.sql db/changelog/1-users.sql whole-file',
        'up 2-index.sql db/changelog/2-index.sql per-statement',
      ],
    },
  ],
});
