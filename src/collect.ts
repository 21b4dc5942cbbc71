import { Expected } from './errors.ts';
import { suggestion } from './config/nearest.ts';
import type { Framework, Repo } from './framework.ts';
import { frameworks } from './frameworks/index.ts';
import plainSql from './frameworks/plain-sql.ts';
import { matches } from './glob.ts';
import type { History, Migration } from './model/source.ts';
import { withWaysDown } from './ways-down.ts';

export interface Wanted {
  /** `auto`, or the id of one tool. */
  readonly framework: string;
  /** Globs that restrict what is read; null for all. */
  readonly paths: readonly string[] | null;
  readonly changed: ReadonlySet<string>;
  /** Everything is judged, changed or not. */
  readonly all?: boolean;
  /** The tools that read a file, or the folder that a new one is in, before the change; null where none did. */
  readonly owners?: ((path: string) => ReadonlySet<string> | null) | undefined;
  /** The text of a file before the change; null when it was not there. */
  readonly before?: ((path: string) => Promise<string | null>) | null | undefined;
}

const DIALECTS =
  'postgres(?:ql)?|pg|mysql|mariadb|sqlite3?|clickhouse|h2|hsqldb|db2|planetscale|mssql|sqlserver|oracle|cockroach(?:db)?|duckdb|spanner';
/** A folder may name a database as a word among others, `sqlite-store/`; a file as a suffix, `1_users.mysql.up.sql`. */
const DIALECT = new RegExp(`(?:^|[/._-])(${DIALECTS})(?=[._-][^/]*/|/)|\\.(${DIALECTS})(?=\\.[^/]*$)`, 'gi');

/** The database that a path names last says whose dialect the file is in. */
function isForeign(path: string): boolean {
  const [, folder, suffix] = [...path.matchAll(DIALECT)].at(-1) ?? [];
  const named = folder ?? suffix;
  return named !== undefined && !/^(postgres(ql)?|pg)$/i.test(named);
}

/** Tools known by nothing but names that others use too: asked after those that have a mark of their own. */
const GENERAL = ['diesel', 'flyway', 'golang-migrate', 'sqlx'];

/**
 * Every database's migrations. A file belongs to the first tool that claims it: those with a mark of their own in the
 * order of ids, then the general ones; plain SQL takes what
 * is left in folders called migrations, and whatever `paths` names.
 */
export async function collect(
  repo: Repo,
  { framework, paths, changed, all = false, before, owners }: Wanted,
): Promise<readonly History[]> {
  const ids = frameworks.map(known => known.id);
  if (framework !== 'auto' && !ids.includes(framework))
    throw new Expected(`framework "${framework}" is not known.${suggestion(framework, ids)}`);
  const asked = frameworks
    .filter(known => known.id !== plainSql.id && (framework === 'auto' || framework === known.id))
    .sort((a, b) => Number(GENERAL.includes(a.id)) - Number(GENERAL.includes(b.id)));
  const wanted = (path: string): boolean => (paths ? matches(paths, path) : !isForeign(path));
  // Marks, journals and configuration are read wherever they are.
  const reads = (path: string): boolean => !path.endsWith('.sql') || wanted(path);
  const narrowed: Repo = { ...repo, paths: repo.paths.filter(reads) };
  const found: History[] = [];
  const claimed = new Set<string>();
  // First each tool takes what was its own, and what nobody's was; what is left then is anybody's.
  let isFirst = owners !== undefined;
  const ownedBefore = new Set<string>();
  const mayTake = (tool: string, file: string): boolean =>
    isFirst ? (owners?.(file)?.has(tool) ?? true) : owners === undefined || !ownedBefore.has(file);
  const own = (history: History): History => ({
    ...history,
    migrations: history.migrations
      .filter(({ file, direction }) => wanted(file) && !claimed.has(`${direction} ${file}`))
      .filter(({ file }) => mayTake(history.framework, file))
      .map(one => mark(one)),
  });
  const mark = (one: Migration): Migration => ({ ...one, changed: one.changed || changed.has(one.file) });
  const claim = (history: History): void => {
    for (const { file, direction } of history.migrations) claimed.add(`${direction} ${file}`);
    if (history.migrations.length > 0) found.push(history);
  };
  const isTaken = (path: string): boolean => claimed.has(`up ${path}`) || claimed.has(`down ${path}`);
  const complete = async (history: History): Promise<History> => {
    const whole = await withWaysDown(history, repo, isTaken);
    return { ...whole, migrations: whole.migrations.map(mark) };
  };
  // Programs may send any file of SQL.
  const someSql = [...changed].some(path => path.endsWith('.sql'));
  const matters = ({ migrations }: History): boolean =>
    migrations.length > 0 && (all || someSql || migrations.some(one => one.changed));
  const told = new Map<Framework, readonly History[]>();
  const takeAll = async (): Promise<void> => {
    for (const tool of asked) {
      const histories = told.get(tool) ?? (await tool.histories(narrowed));
      told.set(tool, histories);
      for (const each of histories) {
        const history = own(each);
        const read = tool.read && matters(history) ? await tool.read(repo, history) : history;
        claim(await withoutOld(await complete(read), tool, before));
      }
    }
    if (framework !== 'auto' && framework !== plainSql.id) return;
    const taken = new Set([...claimed].map(claim => claim.slice(claim.indexOf(' ') + 1)));
    const left = narrowed.paths.filter(path => path.endsWith('.sql') && !taken.has(path) && mayTake(plainSql.id, path));
    const rest = { ...narrowed, paths: left };
    const plain = paths ? ((await plainSql.of?.(rest, left)) ?? []) : await plainSql.histories(rest);
    for (const history of plain) claim(await complete(own(history)));
  };
  await takeAll();
  if (isFirst) {
    isFirst = false;
    for (const { migrations } of found) for (const { file } of migrations) ownedBefore.add(file);
    await takeAll();
  }
  return found;
}

/**
 * Of a changed file that holds several migrations, those that stood in it before, word for word, are history. Without
 * the text before, which of them are new is not known.
 */
async function withoutOld(history: History, tool: Framework, before: Wanted['before']): Promise<History> {
  const shared = sharedFiles(history);
  if (shared.size === 0) return history;
  const old = new Set<string>();
  for (const path of shared) {
    const text = await before?.(path);
    if (typeof text !== 'string') continue;
    const was = await tool.histories({ paths: [path], read: () => Promise.resolve(text) });
    for (const one of was.flatMap(({ migrations }) => migrations)) old.add(wordForWord(one));
  }
  const because = 'Which migrations of this file are new is not known: its text before the change is not at hand.';
  return {
    ...history,
    migrations: history.migrations.map(one => {
      if (!shared.has(one.file)) return one;
      if (!before) return { ...one, unread: [...one.unread, { line: 1, because }] };
      return old.has(wordForWord(one)) ? { ...one, changed: false } : one;
    }),
  };
}

const wordForWord = (one: Migration): string =>
  [one.direction, one.id, one.file, one.transaction, one.sql.trim()].join('\n');

/** Changed files with more than one migration up. */
function sharedFiles({ migrations }: History): Set<string> {
  const ups = migrations.filter(one => one.changed && one.direction === 'up').map(({ file }) => file);
  return new Set(ups.filter((file, at) => ups.indexOf(file) !== at));
}
