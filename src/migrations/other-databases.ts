import type { Repo } from '../model/framework.ts';
import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import type { History, Migration } from '../model/source.ts';
import { declaredFor } from './declared.ts';
import { parse } from '../sql/parse.ts';
import { hasForeignSigns, isOurs } from './dialect.ts';
import type { Claim } from './ownership.ts';

interface Around {
  readonly repo: Repo;
  readonly changed: ReadonlySet<string>;
  readonly all: boolean;
  readonly before: ((path: string) => Promise<string | null>) | null | undefined;
}

/** Migrations of a history by which its dialect is known. */
const SAMPLE = 9;
const LEAST = 2;

/**
 * Histories of other databases, with the reason: the project's declaration, as it was before the change, or texts of
 * which most are not SQL for Postgres. What the change itself says or holds never counts, where anything else speaks.
 */
export async function otherDatabases(claims: readonly Claim[], around: Around): Promise<Map<History, string>> {
  const reasons = new Map<History, string>();
  const past: Repo = { ...around.repo, read: path => readBefore(path, around) };
  for (const { tool, history } of claims) {
    const declared = (await tool.declared?.(past, history.root)) ?? null;
    const dialect = declared ?? (await declaredFor(history, await settled(past, history, around)));
    if (dialect !== null) {
      if (!isOurs(dialect))
        reasons.set(
          history,
          declared === null ? `the configuration says ${dialect}` : `${tool.title} declares ${dialect}`,
        );
    } else if (await isForeignText(history, around)) reasons.set(history, 'most of its files are not SQL for Postgres');
  }
  return reasons;
}

/** A configuration that the change brings says nothing of migrations that were there before it. */
async function settled(past: Repo, { migrations }: History, { changed, before }: Around): Promise<Repo> {
  if (migrations.every(({ file }) => changed.has(file))) return past;
  const paths: string[] = [];
  for (const path of past.paths) if (!changed.has(path) || typeof (await before?.(path)) === 'string') paths.push(path);
  return { ...past, paths };
}

const readBefore = async (path: string, { repo, changed, before }: Around): Promise<string> =>
  (changed.has(path) ? await before?.(path) : null) ?? (await repo.read(path));

async function isForeignText({ migrations }: History, { all }: Around): Promise<boolean> {
  const ups = migrations.filter(({ direction, sql }) => direction === 'up' && sql.trim() !== '');
  if (!ups.some(one => (all || one.changed) && hasForeignSigns(one.sql))) return false;
  const old = ups.filter(one => !one.changed).slice(-SAMPLE);
  if (old.length < LEAST) return false;
  const refused = await Promise.all(old.map(isRefused));
  return refused.filter(Boolean).length * 2 > old.length;
}

const isRefused = async ({ sql, file }: Migration): Promise<boolean> =>
  hasForeignSigns(sql) && (await parse(sql, file)).some(({ error }) => error !== undefined);

interface Skipped {
  readonly foreign: (path: string) => string | null;
  readonly others: ReadonlyMap<History, string>;
  /** Is this file checked, if it is a migration? */
  readonly concerns: (path: string) => boolean;
}

/** One sentence for each reason: how many files, why, and how to say otherwise. */
export function skippedNotes(paths: readonly string[], { foreign, others, concerns }: Skipped): string[] {
  const reasons = new Map<string, Set<string>>();
  const add = (reason: string, file: string): void => {
    const files = reasons.get(reason) ?? new Set();
    files.add(file);
    reasons.set(reason, files);
  };
  for (const [{ migrations, root }, reason] of others)
    for (const { file } of migrations) if (concerns(file)) add(`${reason} (${root || '.'})`, file);
  for (const path of paths) {
    const place = path.endsWith('.sql') && concerns(path) ? foreign(path) : null;
    if (place?.startsWith('.')) add(`by the suffix ${place} (${folderOf(path) || '.'})`, path);
    else if (place !== null) add(`by the directory ${nameOf(place)} (${folderOf(place) || '.'})`, path);
  }
  return [...reasons].map(([reason, files]) => {
    const [count, verb] = files.size === 1 ? ['1 file was', 'it is'] : [`${files.size} files were`, 'they are'];
    return `${count} not checked, as SQL for another database: ${reason}. Add the directory to \`paths\` if ${verb} for Postgres.`;
  });
}
