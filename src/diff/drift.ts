import type { Catalog } from '../model/schema.ts';
import type { ObjectDiff, PartDiff } from '../model/schema-diff.ts';
import { diffCatalogs } from './diff-catalogs.ts';

/** Made by the server, and in a dump for some versions only. */
const ALWAYS_THERE = ['plpgsql'];

/**
 * Where a dump that is checked in differs from the schema that the migrations leave; `after` is the dump's side. Tables
 * in which a migration tool keeps its own history (`own`) are in the dump alone.
 */
export const drift = (migrated: Catalog, dumped: Catalog, own: readonly string[]): ObjectDiff[] =>
  diffCatalogs(migrated, dumped, 'gist').filter(
    ({ name, kind }) => !(kind === 'table' && own.includes(name)) && !ALWAYS_THERE.includes(name),
  );

/**
 * The same for a schema that a program wrote of its models. It cannot express everything, so of what it never mentions
 * (views, triggers, check constraints …) nothing is missing in it.
 */
export function driftFromModels(migrated: Catalog, models: Catalog, nothing: Catalog): ObjectDiff[] {
  const mentioned = new Set(diffCatalogs(nothing, models, 'gist').flatMap(kindsIn));
  const isMissing = ({ before, after }: { before: string | null; after: string | null }): boolean =>
    before !== null && after === null;
  return drift(migrated, models, [])
    .filter(object => !isMissing(object) || mentioned.has(object.kind))
    .map(object => ({
      ...object,
      parts: object.parts.filter(part => !isMissing(part) || mentioned.has(kindOf(part))),
    }))
    .filter(object => object.before !== object.after || object.parts.length > 0);
}

const kindsIn = ({ kind, parts }: ObjectDiff): string[] => [kind, ...parts.map(kindOf)];

/** `constraint foreign`: the word after its name tells what a constraint is. */
const kindOf = ({ part, before, after }: PartDiff): string =>
  part === 'constraint' ? `${part} ${/^constraint \S+ (\w+)/.exec(after ?? before ?? '')?.[1] ?? ''}` : part;
