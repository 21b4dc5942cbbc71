import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { analyzeMigration } from '../src/analysis/analyze-migration.ts';
import { settle } from '../src/catalog/commit.ts';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { PersistentMap } from '../src/model/persistent-map.ts';
import type { Catalog } from '../src/model/schema.ts';
import { rules } from '../src/rules/index.ts';
import { loadParser, parse } from '../src/sql/parse.ts';
import { migrationOf } from '../rig/migration.ts';

beforeAll(loadParser);
afterEach(() => void jest.restoreAllMocks());

async function schemaAfter(files: readonly string[], commits: 'existing' | 'this-pr'): Promise<Catalog> {
  let catalog = emptyCatalog();
  for (const sql of files) {
    const migration = migrationOf(sql, { changed: commits === 'this-pr' });
    catalog = settle(analyzeMigration(await parse(sql, 'a.sql'), catalog, { migration, pg: 17, commits }).catalog);
  }
  return catalog;
}

/** Paths apart, which only the files of a pull request leave to each other. */
const entriesOf = ({ searchPath: _, sessionPath: __, otherPaths: ___, ...catalog }: Catalog): unknown =>
  Object.fromEntries(
    Object.entries(catalog).map(([name, value]) => [
      name,
      value instanceof PersistentMap ? new Map(value.entries() as [string, unknown][]) : value,
    ]),
  );

/** Statements about rows that reach the schema: by a trigger, a rule, a view, a call or a value. */
const ROWS = `CREATE TABLE log (id int); CREATE TABLE a (id int PRIMARY KEY, n text, later int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE x (id int)'; DROP TABLE log; RETURN NEW; END $$;
CREATE TRIGGER t AFTER INSERT OR UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f();
CREATE VIEW v AS SELECT id, n FROM a; CREATE RULE r AS ON DELETE TO log DO INSTEAD TRUNCATE a;
ALTER TABLE a ADD COLUMN c int; UPDATE a SET c = 1; TRUNCATE a; INSERT INTO a (id) SELECT 1;
WITH w AS (DELETE FROM log RETURNING id) INSERT INTO v (id) SELECT id FROM w ON CONFLICT (id) DO UPDATE SET n = 'x';
MERGE INTO a USING log ON true WHEN MATCHED THEN DELETE; UPDATE pg_class SET relname = 'z' WHERE relname = 'v';
UPDATE v SET n = nobody_knows(n); SELECT set_config('search_path', 'other', false); CREATE TABLE b (id int);
COPY a FROM STDIN; UPDATE a SET n = DEFAULT WHERE id IN (SELECT id FROM v);`;

describe('a merged file leaves the schema that it leaves in a pull request', () => {
  const examples = rules.flatMap(({ id, examples: all }) =>
    all.map(({ setup, bad, good }, nth) => [`${id} ${nth + 1}`, [setup, bad, ...(good ?? [])]] as const),
  );
  test.each([['rows', [ROWS]] as const, ...examples])('%s', async (_, files) => {
    const [merged, proposed] = [await schemaAfter(files, 'existing'), await schemaAfter(files, 'this-pr')];
    expect(entriesOf(merged)).toEqual(entriesOf(proposed));
  });
});

test.each([
  ['calls of functions of the migrations', (nth: number) => `SELECT f${nth}(1);`],
  ['calls of functions that nothing defines', (nth: number) => `CREATE INDEX i${nth} ON t (nobody_knows${nth}(id));`],
])('%s do not look through all of the schema', async (_, call) => {
  const defined = (nth: number): string =>
    `CREATE FUNCTION f${nth}(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE TYPE e${nth} AS ENUM ('a');`;
  const sql = Array.from({ length: 200 }, (__, nth) => `${defined(nth)} ${call(nth)}`).join('\n');
  const looked = [jest.spyOn(PersistentMap.prototype, 'values'), jest.spyOn(PersistentMap.prototype, 'entries')];
  await schemaAfter([`CREATE TABLE t (id int); ${sql}`], 'existing');
  expect(looked.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeLessThan(20);
});
