import { defineFramework } from '../model/framework.ts';
import { COPIES } from '../sql/psql.ts';
import type { Delivery, History } from '../model/source.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { historyOf, type FoundMigration } from './shared/history.ts';
import { natural, plain } from './shared/order.ts';
import { agreed } from './shared/settings.ts';
import { placeholders, type PlaceholderValues } from './shared/templates.ts';

const VERSIONED = /^([VU])(\d[\d._]*?)__.*\.sql$/;
const REPEATABLE = /^R__(.*)\.sql$/;

/** Statements that Flyway takes for non-transactional (PostgreSQLParser); a file of only such runs without a transaction. */
const ALONE =
  /^\s*(?:(?:create|drop)\s+(?:unique\s+)?index\s+concurrently|(?:create|drop)\s+(?:database|tablespace|subscription)|alter\s+system|reindex\s+(?:verbose\s+)?(?:schema|database|system)|vacuum|discard\s+all)\b/i;

const statements = (text: string): string[] =>
  text
    .replace(/--[^\n]*/g, '')
    .split(';')
    .map(part => part.trim())
    .filter(part => part !== '');

const versionOf = (path: string): string => (VERSIONED.exec(nameOf(path))?.[2] ?? '').replaceAll('_', '.');
const isUndo = (path: string): boolean => nameOf(path).startsWith('U');

/** A location is read with its subfolders; where these repeat a version they are locations of their own. */
function locations(files: readonly string[]): Map<string, string[]> {
  const below = groupBy(files, path => /^(?:.*\/)?migrations?(?=\/)/.exec(path)?.[0] ?? folderOf(path));
  const byFolder = new Map<string, string[]>();
  for (const [root, paths] of below) {
    const versions = paths.filter(path => VERSIONED.test(nameOf(path)) && !isUndo(path)).map(versionOf);
    const apart = new Set(versions).size < versions.length;
    for (const [folder, own] of apart ? groupBy(paths, folderOf) : new Map([[root, paths]])) byFolder.set(folder, own);
  }
  return byFolder;
}

/** Versioned files by version, then repeatable ones by description (Flyway manual, "Migrations"). */
const inOrder = (paths: readonly string[]): string[] => {
  const versioned = paths.filter(path => VERSIONED.test(nameOf(path)));
  const repeatable = paths.filter(path => REPEATABLE.test(nameOf(path)));
  return [
    ...versioned.sort((a, b) => natural(versionOf(a), versionOf(b)) || Number(isUndo(a)) - Number(isUndo(b))),
    ...repeatable.sort((a, b) => plain(nameOf(a), nameOf(b))),
  ];
};

/** What the configuration says of placeholders, of which Flyway takes names in any case; its own are named `flyway:`. */
function valuesIn(texts: readonly string[]): (name: string) => string | null {
  return name => {
    const [, own] = /^flyway:(\w+)$/i.exec(name) ?? [];
    if (own === undefined) {
      const key = new RegExp(`(^|\\.)placeholders\\.${name.replaceAll('.', '\\.')}$`, 'i');
      return agreed(texts, one => key.test(one));
    }
    if (/^defaultSchema$/i.test(own)) {
      const schema = agreed(texts, one => /(^|\.)(defaultSchema|default-schema)$/i.test(one));
      const none = !texts.some(text => /schemas?\s*=/i.test(text));
      return schema ?? (none ? 'public' : null);
    }
    return /^table$/i.test(own) ? (agreed(texts, one => /(^|\.)table$/i.test(one)) ?? 'flyway_schema_history') : null;
  };
}

export default defineFramework({
  id: 'flyway',
  title: 'Flyway',
  link: 'https://documentation.red-gate.com/flyway',
  historyTable: 'flyway_schema_history',
  transaction: 'whole-file',
  notes: `\`V1__name.sql\` in version order, including subdirectories; then \`R__name.sql\` in name order. \`U1__name.sql\` is the down migration.
Placeholders \`\${name}\` take their values from \`flyway*.conf\`, \`flyway*.toml\` and \`application*.properties\` if these agree; a placeholder without a value that names the object of a statement is not analyzed. Each file runs in a transaction, except a file that contains only statements that cannot run in one, one whose \`.sql.conf\` sets \`executeInTransaction=false\`, and one that mixes both if the configuration sets \`mixed = true\`. If that of the base sets \`outOfOrder = true\`, a new migration that sorts before merged ones is a warning.`,
  async histories(repo) {
    const files = repo.paths.filter(path => VERSIONED.test(nameOf(path)) || REPEATABLE.test(nameOf(path)));
    if (!files.some(path => VERSIONED.test(nameOf(path)) && !isUndo(path))) return [];
    const confs = repo.paths.filter(path => path.endsWith('.sql.conf'));
    const outside = new Set<string>();
    for (const conf of confs)
      if (/^\s*executeInTransaction\s*=\s*false/im.test(await repo.read(conf))) outside.add(conf.slice(0, -5));
    const settings = repo.paths.filter(path =>
      /^(flyway[\w.-]*\.(conf|toml)|application[\w.-]*\.properties)$/.test(nameOf(path)),
    );
    const texts = await Promise.all(settings.map(path => repo.read(path)));
    const mixed = texts.some(text => /^\s*(flyway\.)?mixed\s*=\s*true/im.test(text));
    const inAnyOrder = agreed(texts, key => /(^|\.)(outOfOrder|out-of-order)$/i.test(key)) === 'true';
    const base = {
      client: COPIES,
      transaction: 'whole-file',
      noTransaction: {
        instruction:
          'Put the statement into a file of its own: Flyway runs one with CREATE or DROP INDEX CONCURRENTLY without a transaction, any other if `executeInTransaction=false` is in its `.sql.conf`.',
        oneStatement: false,
      },
    } as const;
    const lookup = valuesIn(texts);
    const delivery = (sql: string, file: string): Delivery => {
      const noTransactionBlock = statements(sql).map(part => ALONE.test(part));
      const free =
        outside.has(file) ||
        (noTransactionBlock.length > 0 &&
          (mixed ? noTransactionBlock.includes(true) : !noTransactionBlock.includes(false)));
      return free ? 'per-statement' : 'whole-file';
    };
    return Promise.all(
      [...locations(files)].map(([root, paths]): Promise<History> => {
        const migrations = inOrder(paths).map((file): FoundMigration => {
          const id = REPEATABLE.test(nameOf(file)) ? nameOf(file).replace(/\.sql$/, '') : versionOf(file);
          const again = REPEATABLE.test(nameOf(file)) ? { repeatable: true as const } : {};
          return { id, file, direction: isUndo(file) ? 'down' : 'up', ...again };
        });
        const values: PlaceholderValues = { lookup, created: new Set() };
        const history = historyOf(repo, 'flyway', root, migrations, base, (text, { file }) => {
          const read = placeholders(text, values);
          return { ...read, transaction: delivery(read.sql, file) };
        });
        return inAnyOrder ? history.then(read => ({ ...read, late: 'applied' })) : history;
      }),
    );
  },
  examples: [
    {
      files: {
        'db/migration/V2__orders.sql': 'create table orders (id bigint);',
        'db/migration/V1_1__users.sql': 'select 1;',
        'db/migration/V10__index.sql': 'create index concurrently a on orders (id);',
        'db/migration/R__views.sql': 'create or replace view open_orders as select 1;',
        'db/migration/U2__orders.sql': 'drop table orders;',
      },
      expect: [
        'up 1.1 db/migration/V1_1__users.sql whole-file',
        'up 2 db/migration/V2__orders.sql whole-file',
        'down 2 db/migration/U2__orders.sql whole-file',
        'up 10 db/migration/V10__index.sql per-statement',
        'up R__views db/migration/R__views.sql whole-file',
      ],
    },
    {
      files: {
        'db/migration/2024/V1__users.sql': 'select 1;',
        'db/migration/2025/V2__index.sql': 'select 1;',
        'db/migration/2025/V2__index.sql.conf': 'executeInTransaction=false',
      },
      expect: ['up 1 db/migration/2024/V1__users.sql whole-file', 'up 2 db/migration/2025/V2__index.sql per-statement'],
    },
  ],
});
