import { analyzeMigration } from './analyze-migration.ts';
import { emptyCatalog } from '../catalog/empty.ts';
import type { Catalog } from '../model/schema.ts';
import type { Migration } from '../model/source.ts';
import { parse } from '../sql/parse.ts';
import { PSQL, sentBy } from '../sql/psql.ts';

/** The rows of a dump are no part of its schema. */
const COPY = /^COPY [^;]* FROM stdin;$/gim;

/** A dump (`pg_dump --schema-only`, Rails' structure.sql) as a migration before all others; line numbers stay. */
export const dumpAsMigration = (text: string, file: string): Migration => ({
  id: file,
  framework: 'none',
  file,
  sql: sentBy(PSQL, text)
    .parts.filter(part => typeof part === 'string')
    .join('')
    .replace(COPY, command => command.replace(/[^\n]/g, ' ')),
  changed: false,
  direction: 'up',
  transaction: 'as-written',
  noTransaction: null,
  unread: [],
});

/** The schema that a dump restores. */
export async function replayDump(dump: Migration, pg: number): Promise<Catalog> {
  const statements = await parse(dump.sql, dump.file);
  return analyzeMigration(statements, emptyCatalog(), { migration: dump, pg, commits: 'existing' }).catalog;
}
