import type { Catalog } from '../model/schema.ts';
import type { ObjectDiff } from '../model/schema-diff.ts';
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
