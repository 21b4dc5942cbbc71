import { bare } from '../model/bare.ts';
import { defineFramework } from '../model/framework.ts';
import type { History } from '../model/source.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf } from './shared/history.ts';
import { plain } from './shared/order.ts';

/** Files of another tool's format keep that tool's delivery. */
const OTHER = /\.(up|down)\.sql$|^[VRU][\d.]*__/;

/** `exec_order` of the project file (Atlas manual, "Execution Order"): what follows for a new file before applied ones. */
const LATE: Readonly<Record<string, History['late']>> = bare({ non_linear: 'applied', linear_skip: 'skipped' });

async function withLate(late: History['late'], history: Promise<History>): Promise<History> {
  return late ? { ...(await history), late } : history;
}

export default defineFramework({
  id: 'atlas',
  title: 'Atlas',
  link: 'https://atlasgo.io/versioned/intro',
  historyTable: 'atlas_schema_revisions.atlas_schema_revisions',
  transaction: 'whole-file',
  notes: `\`.sql\` files next to an \`atlas.sum\`, in name order. Each file runs in a transaction, unless its header contains \`-- atlas:txmode none\`; then its statements commit individually. \`exec_order\` of the base in \`atlas.hcl\` decides what follows for a new file that sorts before merged ones.`,
  async histories(repo) {
    const folders = new Set(repo.paths.filter(path => nameOf(path) === 'atlas.sum').map(folderOf));
    const files = repo.paths.filter(
      path => path.endsWith('.sql') && folders.has(folderOf(path)) && !OTHER.test(nameOf(path)),
    );
    const foreign = await Promise.all(
      files.map(async file => /^--\s*(\+goose\s+up|migrate:up|liquibase formatted)/im.test(await repo.read(file))),
    );
    // Of another tool's format is a folder, not one file of it.
    const isForeign = (folder: string): boolean => {
      const marked = foreign.filter((_, index) => folderOf(files[index] ?? '') === folder);
      return marked.filter(Boolean).length * 2 > marked.length;
    };
    const others = new Set([...folders].filter(isForeign));
    const own = files.filter(file => !others.has(folderOf(file))).sort((a, b) => plain(nameOf(a), nameOf(b)));
    const configs = await Promise.all(
      repo.paths.filter(path => /(^|\/)atlas\.hcl$/.test(path)).map(path => repo.read(path)),
    );
    const orders = new Set(configs.flatMap(text => /^\s*exec_order\s*=\s*"?(\w+(?:-\w+)?)"?/im.exec(text)?.[1] ?? []));
    const [order] = orders.size === 1 ? orders : [];
    const late = LATE[order?.toLowerCase().replace('-', '_') ?? ''];
    const noTransaction = {
      instruction: 'Start the file with the line below and an empty line; Atlas then runs its statements individually.',
      marker: '-- atlas:txmode none\n',
      oneStatement: false,
    };
    return Promise.all(
      [...groupBy(own, folderOf)].map(([root, paths]) =>
        withLate(
          late,
          historyOf(
            repo,
            'atlas',
            root,
            paths.map(file => ({ id: nameOf(file).split(/[_.]/)[0] ?? '', file, direction: 'up' })),
            { transaction: 'whole-file', noTransaction },
            text =>
              /^--\s*atlas:txmode\s+none\s*$/m.test(text) ? { sql: text, transaction: 'per-statement' } : { sql: text },
          ),
        ),
      ),
    );
  },
  examples: [
    {
      files: {
        'migrations/atlas.sum': 'h1:',
        'migrations/20240101_users.sql': 'select 1;',
        'migrations/20240102_index.sql': '-- atlas:txmode none\n\nselect 1;',
      },
      expect: [
        'up 20240101 migrations/20240101_users.sql whole-file',
        'up 20240102 migrations/20240102_index.sql per-statement',
      ],
    },
  ],
});
