import { defineFramework, type Repo } from '../model/framework.ts';
import { UserError } from '../model/errors.ts';
import { onLine, type History } from '../model/source.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
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

/** @throws UserError where a journal or snapshot is not JSON */
async function document(repo: Repo, path: string): Promise<Record<string, unknown>> {
  const text = await repo.read(path);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch (cause) {
    // Node.js does not always say where; a conflict that was not resolved is the usual reason.
    const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const at = position === undefined ? text.search(/^[<=>]{7}/m) : Number(position);
    const line = text.slice(0, at < 0 ? text.length : at).split('\n').length;
    throw new UserError(`${path}:${line}: not valid JSON, so the order of the migrations is unknown.`, {
      hint: 'Resolve the merge conflict, or regenerate the journal with drizzle-kit.',
      span: onLine(path, line),
      cause,
    });
  }
  throw new UserError(`${path}: not a JSON object, so the order of the migrations is unknown.`, { span: onLine(path) });
}

async function journal(repo: Repo, path: string): Promise<{ tag: string; when?: number }[]> {
  const { entries } = await document(repo, path);
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [];
  return list.flatMap(entry => {
    const { tag, when } = (entry ?? {}) as { tag?: unknown; when?: unknown };
    return typeof tag === 'string' ? { tag, ...(typeof when === 'number' ? { when } : {}) } : [];
  });
}

const FOLDER = /(^|\/)(\d{14}_[^/]+)\/migration\.sql$/;
const base = { transaction: 'all-files', noTransaction: null } as const;

/** drizzle-kit 1.0: a folder for each, with its snapshot, and no journal. */
async function folders(repo: Repo): Promise<History[]> {
  const files = repo.paths.filter(path => FOLDER.test(path));
  const marked = new Set(
    repo.paths.filter(path => /\/\d{14}_[^/]+\/snapshot\.json$/.test(`/${path}`)).map(path => folderOf(folderOf(path))),
  );
  const prisma = new Set(repo.paths.filter(path => nameOf(path) === 'migration_lock.toml').map(folderOf));
  const own = files.filter(path => marked.has(rootOf(path)) && !prisma.has(rootOf(path)));
  own.sort((a, b) => plain(nameOf(folderOf(a)), nameOf(folderOf(b))));
  return Promise.all(
    [...groupBy(own, rootOf)].map(([root, paths]) =>
      historyOf(
        repo,
        'drizzle',
        root,
        paths.map(file => ({ id: nameOf(folderOf(file)), file, direction: 'up' as const })),
        base,
        prepare,
      ),
    ),
  );
}

const rootOf = (path: string): string => folderOf(folderOf(path));

/** The newest snapshot may be the change's: the oldest says what database it is. */
async function declared(repo: Repo, root: string): Promise<string | null> {
  const below = root === '' ? '' : `${root}/`;
  const configPath = repo.paths.find(
    path => path === `${below}meta/_journal.json` || (path.startsWith(below) && path.endsWith('/snapshot.json')),
  );
  const { dialect } = configPath === undefined ? {} : await document(repo, configPath);
  return typeof dialect === 'string' ? dialect : null;
}

export default defineFramework({
  id: 'drizzle',
  title: 'Drizzle Kit',
  link: 'https://orm.drizzle.team/docs/migrations',
  historyTable: 'drizzle.__drizzle_migrations',
  transaction: 'all-files',
  notes: `The files that \`meta/_journal.json\` lists, in its order; since 1.0, the directories with a \`migration.sql\` and, in one of them at least, a \`snapshot.json\`, in name order. \`${BREAKPOINT}\` separates the statements. All pending files run in one
transaction, which cannot be turned off. The tool has no down files.`,
  extra: 'Drizzle Kit only runs files listed in meta/_journal.json, and this file is not listed.',
  declared,
  async histories(repo) {
    const journals = repo.paths.filter(path => /(^|\/)meta\/_journal\.json$/.test(path)).sort(plain);
    const existing = new Set(repo.paths);
    const journaled = await Promise.all(
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
          files.filter(({ file }) => existing.has(file)),
          base,
          prepare,
        );
      }),
    );
    return [...journaled.filter(history => history.migrations.length > 0), ...(await folders(repo))];
  },
  examples: [
    {
      files: {
        'drizzle/20260101000000_users/migration.sql': 'create table users (id bigint);',
        'drizzle/20260101000000_users/snapshot.json': '{"dialect":"postgres"}',
        'drizzle/20260102000000_orders/migration.sql': 'create table orders (id bigint);',
      },
      expect: [
        'up 20260101000000_users drizzle/20260101000000_users/migration.sql all-files',
        'up 20260102000000_orders drizzle/20260102000000_orders/migration.sql all-files',
      ],
    },
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
