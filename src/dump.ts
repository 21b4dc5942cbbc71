import { analyze } from './analyze.ts';
import { emptyCatalog } from './catalog/empty.ts';
import type { Catalog } from './model/schema.ts';
import type { Migration } from './model/source.ts';
import { parse } from './sql/parse.ts';

/** Commands of psql that pg_dump writes, \restrict since 13.22; and the rows of a dump that has any. */
const PSQL =
  /^\\(?:restrict|unrestrict|connect|c|encoding|set|echo)\b.*$|^COPY [^;\n]*? FROM stdin;$[\s\S]*?(?:^\\\.$|$(?![\s\S]))/gim;

/** A dump (`pg_dump --schema-only`, Rails' structure.sql) as a migration before all others; line numbers stay. */
export const dumpAsMigration = (text: string, file: string): Migration => ({
  id: file,
  framework: 'none',
  file,
  sql: text.replace(PSQL, command => command.replace(/[^\n]/g, ' ')),
  changed: false,
  direction: 'up',
  transaction: 'as-written',
  noTransaction: null,
  unread: [],
});

/** The schema that a dump restores. */
export async function replayDump(dump: Migration, pg: number): Promise<Catalog> {
  const statements = await parse(dump.sql, dump.file);
  return analyze(statements, emptyCatalog(), { migration: dump, pg, commits: 'existing' }).catalog;
}
