import { suggestion } from '../config/nearest.ts';
import { UserError } from '../model/errors.ts';
import type { Framework, Repo } from '../model/framework.ts';
import { frameworks } from '../frameworks/index.ts';
import plainSql, { isLoneDown, isPlaced } from '../frameworks/plain-sql.ts';
import { matches } from '../config/glob.ts';
import type { BlindSpot } from '../model/report.ts';
import type { History, Migration } from '../model/source.ts';
import { isSqlFile } from './file-signs.ts';
import { contradicted } from './contradictions.ts';
import { foreignPlaces } from './dialect.ts';
import { FoundHistories } from './found-histories.ts';
import { otherDatabases, skippedNotes } from './other-databases.ts';
import { ownership, type Claim, type Owners } from './ownership.ts';
import { withoutOld } from './shared-file.ts';
import { withExtraFiles } from './extra-files.ts';
import { unclaimed } from './unclaimed.ts';

export interface CollectOptions {
  /** `auto`, or the id of one tool. */
  readonly framework: string;
  /** Globs that restrict what is read; null for all. */
  readonly paths: readonly string[] | null;
  /** Globs of files that are no migrations. */
  readonly ignore?: readonly string[];
  readonly changed: ReadonlySet<string>;
  /** Everything is checked, changed or not. */
  readonly all?: boolean;
  /** The text of a file before the change; null when it was not there. */
  readonly before?: ((path: string) => Promise<string | null>) | null | undefined;
  /** The tools that read a file, or the folder that a new one is in, before the change; null where none did. */
  readonly owners?: Owners | undefined;
}

export interface Collection {
  readonly histories: readonly History[];
  /** Changed files that may be migrations, and that nothing reads. */
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

type MayTake = (tool: string, file: string) => boolean;

/** Tools known by nothing but names that others use too: asked after those that have a mark of their own. */
const GENERAL = ['diesel', 'flyway', 'golang-migrate', 'sqlx'];

/**
 * Every database's migrations. A file belongs to the first tool that claims it: those with a mark of their own in the
 * order of ids, then the general ones; plain SQL takes what is left in folders called migrations, and whatever `paths`
 * names. What changed, looks like a migration and belongs to none is a blind spot.
 */
export async function collect(repo: Repo, collectOptions: CollectOptions): Promise<Collection> {
  const { framework, paths, ignore = [], changed, before, all = false } = collectOptions;
  const isAuto = framework === 'auto';
  const placed = foreignPlaces(repo.paths, changed);
  const foreign = (path: string): string | null => (paths ? null : placed(path));
  const isIgnored = (path: string): boolean => ignore.length > 0 && matches(ignore, path);
  const isWanted = (path: string): boolean =>
    !isIgnored(path) && (paths === null || matches(paths, path)) && foreign(path) === null;
  // Marks, journals and configuration are read wherever they are.
  const narrowed: Repo = { ...repo, paths: repo.paths.filter(path => !path.endsWith('.sql') || isWanted(path)) };
  const gathered = new FoundHistories(repo, changed, isWanted);

  const { claims, disowned } = await owned(await claimsOf(narrowed, framework), narrowed, collectOptions);
  const collected: Claim[] = [];
  // Programs may send any file of SQL.
  const someSql = [...changed].some(path => path.endsWith('.sql'));
  const isConcerned = ({ changed: own, imports = [] }: Migration): boolean =>
    own || imports.some(path => changed.has(path));
  const takeAll = async (mayTake: MayTake): Promise<void> => {
    for (const { tool, history } of claims) {
      const mine = gathered.own(history, mayTake);
      const matters = mine.migrations.length > 0 && (all || someSql || mine.migrations.some(isConcerned));
      const read = tool.read && matters ? await tool.read(repo, mine) : mine;
      const whole = await withoutOld(await gathered.complete(read), tool, before);
      gathered.add(whole);
      if (whole.migrations.length > 0) collected.push({ tool, history: whole });
    }
  };
  const takePlain = async (mayTake: MayTake): Promise<void> => {
    if (!isAuto && framework !== plainSql.id) return;
    const isSql = (path: string): boolean =>
      path.endsWith('.sql') || (paths !== null && isSqlFile(path) && isWanted(path));
    const remaining = narrowed.paths.filter(
      path => isSql(path) && !gathered.isTaken(path) && mayTake(plainSql.id, path),
    );
    // What they send by \i lies anywhere.
    const plain = (await plainSql.fromFiles?.(repo, paths ? remaining : remaining.filter(isPlaced))) ?? [];
    for (const history of plain) gathered.add(await gathered.complete(gathered.own(history, mayTake)));
  };
  const { owners } = collectOptions;
  if (owners) {
    // First each tool takes what was its own, and what nobody's was; what is left then is anybody's.
    const mayTake: MayTake = (tool, file) => owners(file)?.has(tool) ?? true;
    await takeAll(mayTake);
    await takePlain(mayTake);
  }
  const settled = new Set(gathered.histories.flatMap(({ migrations }) => migrations.map(({ file }) => file)));
  const isFree: MayTake = (_, file) => !settled.has(file);
  await takeAll(isFree);
  const others = await otherDatabases(paths ? [] : collected, { repo, changed, before, all });
  for (const [history] of others) gathered.drop(history);
  for (const { tool, history } of isAuto ? collected.filter(one => !others.has(one.history)) : []) {
    const around = { repo: narrowed, changed, isTaken: gathered.isTaken };
    const whole = await withExtraFiles({ tool, history }, around);
    if (whole !== history) gathered.replace(history, { ...whole, migrations: gathered.marked(whole.migrations) });
  }
  await takePlain(isFree);
  const isOutside = (path: string): boolean => paths !== null && !matches(paths, path);
  // What a tool reads through a link to its folder is read.
  const isLinked = (path: string): boolean =>
    [...(repo.links ?? [])].some(
      ([link, target]) =>
        (path === target || path.startsWith(`${target}/`)) && gathered.isTaken(`${link}${path.slice(target.length)}`),
    );
  const included = new Set(gathered.histories.flatMap(one => one.migrations.flatMap(({ includes = [] }) => includes)));
  const isSkipped = (path: string): boolean =>
    included.has(path) ||
    isIgnored(path) ||
    isOutside(path) ||
    foreign(path) !== null ||
    gathered.isTaken(path) ||
    isLinked(path);
  return {
    histories: isAuto ? gathered.histories.map(history => contradicted(history, disowned)) : gathered.histories,
    blindSpots: await unclaimed(repo, { changed, isSkipped, histories: gathered.histories }),
    notes: [
      ...skippedNotes(repo.paths, { foreign, others, concerns: path => all || changed.has(path) }),
      ...loneDownNotes(gathered.histories),
    ],
  };
}

/** What each tool that is asked for takes for its own; plain SQL is not among them. */
async function claimsOf(repo: Repo, framework: string): Promise<Claim[]> {
  const ids = frameworks.map(tool => tool.id);
  if (framework !== 'auto' && !ids.includes(framework))
    throw new UserError(`framework: unknown tool "${framework}".${suggestion(framework, ids)}`);
  const tools = frameworks
    .filter(tool => tool.id !== plainSql.id && (framework === 'auto' || framework === tool.id))
    .sort((a, b) => Number(GENERAL.includes(a.id)) - Number(GENERAL.includes(b.id)));
  const claims: Claim[] = [];
  for (const tool of tools) claims.push(...(await tool.histories(repo)).map((history): Claim => ({ tool, history })));
  return claims;
}

/** A tool that is named has what it claims. */
async function owned(
  claims: readonly Claim[],
  repo: Repo,
  { framework, changed, owners = () => null }: CollectOptions,
): Promise<{ claims: readonly Claim[]; disowned: ReadonlyMap<string, readonly Framework[]> }> {
  return framework === 'auto' ? ownership(claims, { repo, changed, owners }) : { claims, disowned: new Map() };
}

function loneDownNotes(histories: readonly History[]): string[] {
  const lone = histories.flatMap(({ migrations }) => migrations.filter(one => one.changed && isLoneDown(one)));
  return lone.map(
    ({ file }) =>
      `${file} is named like a down migration, but belongs to no other migration, so it was checked as a migration.`,
  );
}
