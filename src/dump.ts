import { analyze } from './analyze.ts';
import { emptyCatalog } from './catalog/empty.ts';
import type { Catalog } from './model/schema.ts';
import type { Migration } from './model/source.ts';
import { parse } from './sql/parse.ts';

/** Commands of psql that pg_dump writes, \restrict since 13.22; and the rows of a dump that has any. */
const PSQL = /^\\(?:restrict|unrestrict|connect|c|encoding|set|echo)\b.*$|^COPY [^;]*? FROM stdin;$[\s\S]*?^\\\.$/gim;

/** The schema that a dump (`pg_dump --schema-only`, Rails' structure.sql) restores; line numbers stay. */
export async function replayDump(text: string, file: string, pg: number): Promise<Catalog> {
  const sql = text.replace(PSQL, command => command.replace(/[^\n]/g, ' '));
  const dump: Migration = {
    id: file,
    framework: 'none',
    file,
    sql,
    changed: false,
    direction: 'up',
    transaction: 'as-written',
    noTransaction: null,
    unread: [],
  };
  const statements = await parse(sql, file);
  return analyze(statements, emptyCatalog(), { migration: dump, pg, commits: 'existing' }).catalog;
}
