import { defineFramework, type Repo } from '../framework.ts';
import { folderOf } from './shared/files.ts';
import { historyOf } from './shared/history.ts';
import { plain } from './shared/order.ts';

const BREAKPOINT = '--> statement-breakpoint';

/** Each chunk is sent by itself, so it may lack its semicolon: the marker stands for one. */
const prepare = (text: string): { sql: string } => ({
  sql: text.replaceAll(
    /;?([ \t]*)--> statement-breakpoint/g,
    (whole, space: string) => `;${space}${' '.repeat(whole.length - 1 - space.length)}`,
  ),
});

async function journal(repo: Repo, path: string): Promise<{ tag: string; when?: number }[]> {
  const parsed: unknown = JSON.parse(await repo.read(path));
  const { entries = [] } = parsed as { entries?: readonly { readonly tag?: string; readonly when?: unknown }[] };
  return entries.flatMap(({ tag, when }) =>
    tag === undefined ? [] : [{ tag, ...(typeof when === 'number' ? { when } : {}) }],
  );
}

export default defineFramework({
  id: 'drizzle',
  title: 'Drizzle Kit',
  link: 'https://orm.drizzle.team/docs/migrations',
  historyTable: 'drizzle.__drizzle_migrations',
  transaction: 'all-files',
  notes: `The files that \`meta/_journal.json\` lists, in its order. \`${BREAKPOINT}\` parts the statements. All pending files run in one
transaction, which Drizzle offers no way out of. There are no down files.`,
  async histories(repo) {
    const journals = repo.paths.filter(path => /(^|\/)meta\/_journal\.json$/.test(path)).sort(plain);
    const known = new Set(repo.paths);
    const found = await Promise.all(
      journals.map(async path => {
        const root = folderOf(folderOf(path));
        const files = (await journal(repo, path)).map(({ tag, ...when }) => ({
          ...when,
          id: tag,
          file: root === '' ? `${tag}.sql` : `${root}/${tag}.sql`,
          direction: 'up' as const,
        }));
        return historyOf(
          repo,
          'drizzle',
          root,
          files.filter(({ file }) => known.has(file)),
          { transaction: 'all-files', noTransaction: null },
          prepare,
        );
      }),
    );
    return found.filter(history => history.migrations.length > 0);
  },
  examples: [
    {
      files: {
        'drizzle/meta/_journal.json': '{"entries":[{"tag":"0000_users"},{"tag":"0001_orders"}]}',
        'drizzle/0000_users.sql':
          'create table users (id bigint)\n--> statement-breakpoint\ncreate index on users (id);',
        'drizzle/0001_orders.sql': 'create table orders (id bigint);',
      },
      expect: ['up 0000_users drizzle/0000_users.sql all-files', 'up 0001_orders drizzle/0001_orders.sql all-files'],
    },
  ],
});
