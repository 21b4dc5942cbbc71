import { drift, driftFromModels } from './diff/drift.ts';
import { dumpAsMigration, replayDump } from './dump.ts';
import { Expected } from './errors.ts';
import type { Repo } from './framework.ts';
import { parse } from './sql/parse.ts';
import type { ObjectDiff } from './model/schema-diff.ts';
import type { Proof } from './prove/proofs.ts';
import type { Catalog } from './model/schema.ts';
import { onLine, type ChangedFile, type History, type Migration } from './model/source.ts';

export interface Around {
  readonly repo: Repo;
  readonly changed: readonly ChangedFile[];
  /** The files before the change; null where they are not known. */
  readonly base: Repo | null;
  readonly pg: number;
}

/** What stands in for a history. */
export interface BaseSchema {
  readonly dump: Migration;
  readonly catalog: Catalog;
}

/** The dump `path` as it was before the change; null when the change brings it. */
export async function baseSchema(path: string, { repo, changed, base, pg }: Around): Promise<BaseSchema | null> {
  const own = changed.find(file => file.path === path || file.previous === path);
  if (own?.status === 'added') return null;
  if (own && !base)
    throw new Expected(`schema-dump: ${JSON.stringify(path)} is changed, and its previous version is not available.`, {
      hint: 'Make the base commit available to git: --base REF, or `fetch-depth: 0` in CI.',
    });
  const text = own && base ? await textIn(own.previous ?? path, base) : await textIn(path, repo);
  if (text === null) throw new Expected(`schema-dump: file ${JSON.stringify(path)} does not exist.`);
  const dump = dumpAsMigration(text, path);
  return { dump, catalog: await replayDump(dump, pg) };
}

/** What of a history runs on top of a dump. */
export const onlyChanged = (history: History): History => ({
  ...history,
  migrations: history.migrations.filter(migration => migration.changed),
});

/** The history as a database is to get it. */
export const onDump = (history: History, { dump }: BaseSchema): History => ({
  ...history,
  migrations: [dump, ...history.migrations],
});

/** Says where the dump, as the change leaves it, is not what the change's migrations make of the dump before it. */
export async function driftFrom(migrated: Catalog, path: string, { repo, pg }: Around): Promise<Proof[]> {
  const text = await textIn(path, repo);
  if (text === null) return [];
  return said(drift(migrated, await replayDump(dumpAsMigration(text, path), pg), []), { name: path, file: path });
}

/** Says where the schema that a program prints is not what the migrations produce; `file` is where that is reported. */
export async function driftFromPrinted(
  migrated: Catalog,
  { name, text, file }: { readonly name: string; readonly text: string; readonly file: string },
  pg: number,
): Promise<Proof[]> {
  if (!(await parse(text, name)).some(({ node }) => node !== null))
    throw new Expected(`${name} printed no SQL statement.`, {
      hint: text.trim().slice(0, 300) || 'It printed nothing.',
    });
  const [models, nothing] = [
    await replayDump(dumpAsMigration(text, name), pg),
    await replayDump(dumpAsMigration('', name), pg),
  ];
  return said(driftFromModels(migrated, models, nothing), { name, file }).map(proof => ({
    ...proof,
    severity: 'error',
  }));
}

function said(found: readonly ObjectDiff[], { name, file }: { name: string; file: string }): Proof[] {
  const all = found.flatMap(sayings);
  if (all.length === 0) return [];
  const more = all.length > SHOWN ? `, and ${all.length - SHOWN} more` : '';
  const message = `${name} differs from the schema that the migrations produce: ${all.slice(0, SHOWN).join(', ')}${more}.`;
  return [{ rule: 'schema-drift', message, span: onLine(file), migration: file }];
}

const SHOWN = 5;

const textIn = async (path: string, repo: Repo): Promise<string | null> =>
  repo.paths.includes(path) ? repo.read(path) : null;

function sayings({ kind, name, before, after, parts }: ObjectDiff): string[] {
  if (before === null) return [`${kind} ${name} is not in the migrations`];
  if (after === null) return [`${kind} ${name} is missing`];
  if (before !== after) return [`${kind} ${name} differs`];
  return parts.map(({ part, name: own, before: was, after: is }) => {
    const how = was === null ? 'is not in the migrations' : is === null ? 'is missing' : 'differs';
    return `${part} ${own} of ${name} ${how}`;
  });
}
