import { drift, driftFromModels } from '../diff/drift.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { UserError } from '../model/errors.ts';
import { textIn } from '../model/framework.ts';
import type { ObjectDiff } from '../model/schema-diff.ts';
import type { Catalog } from '../model/schema.ts';
import { onLine } from '../model/source.ts';
import { parse } from '../sql/parse.ts';
import { dumpAsMigration, replayDump } from './schema-dump.ts';
import type { Around } from './starting-schema.ts';

/** Says where the dump, as the change leaves it, is not what the change's migrations make of the dump before it. */
export async function driftFrom(migrated: Catalog, path: string, { repo, pg }: Around): Promise<RawFinding[]> {
  const text = await textIn(repo, path);
  if (text === null) return [];
  return findingsOf(drift(migrated, await replayDump(dumpAsMigration(text, path), pg), []), { name: path, file: path });
}

/** Says where the schema that a program prints is not what the migrations leave; `file` is where that is said. */
export async function driftFromPrinted(
  migrated: Catalog,
  { name, text, file }: { readonly name: string; readonly text: string; readonly file: string },
  pg: number,
): Promise<RawFinding[]> {
  if (!(await parse(text, name)).some(({ node }) => node !== null))
    throw new UserError(`${name} printed no SQL statement.`, {
      hint: text.trim().slice(0, 300) || 'It printed nothing.',
    });
  const [models, nothing] = [
    await replayDump(dumpAsMigration(text, name), pg),
    await replayDump(dumpAsMigration('', name), pg),
  ];
  return findingsOf(driftFromModels(migrated, models, nothing), { name, file }).map(rawFinding => ({
    ...rawFinding,
    severity: 'error',
  }));
}

function findingsOf(differences: readonly ObjectDiff[], { name, file }: { name: string; file: string }): RawFinding[] {
  const all = differences.flatMap(sayings);
  if (all.length === 0) return [];
  const more = all.length > SHOWN ? `, and ${all.length - SHOWN} more` : '';
  const message = `${name} differs from the schema that the migrations produce: ${all.slice(0, SHOWN).join(', ')}${more}.`;
  return [{ rule: 'schema-drift', message, span: onLine(file), migration: file }];
}

const SHOWN = 5;

function sayings({ kind, name, before, after, parts }: ObjectDiff): string[] {
  if (before === null) return [`${kind} ${name} is not in the migrations`];
  if (after === null) return [`${kind} ${name} is missing`];
  if (before !== after) return [`${kind} ${name} differs`];
  return parts.map(({ part, name: own, before: was, after: is }) => {
    const difference = was === null ? 'is not in the migrations' : is === null ? 'is missing' : 'differs';
    return `${part} ${own} of ${name} ${difference}`;
  });
}
