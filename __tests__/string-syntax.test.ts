import { beforeAll, expect, test } from '@jest/globals';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { read } from '../src/effects/read.ts';

import { loadParser, parse } from '../src/sql/parse.ts';

beforeAll(loadParser);

/** Whether a statement that changes how strings end is a blind spot. */
test.each([
  ['SET standard_conforming_strings = off', true],
  ['SET LOCAL standard_conforming_strings TO false', true],
  ['SET SESSION Standard_Conforming_Strings = 0', true],
  ["SELECT set_config('standard_conforming_strings', 'off', true)", true],
  ["SELECT set_config('standard_conforming_strings', current_user, true)", true],
  ["DO $$ BEGIN PERFORM set_config('standard_conforming_strings', 'f', false); END $$", true],
  ["DO $$ BEGIN EXECUTE 'SET standard_conforming_strings = no'; END $$", true],
  ['ALTER ROLE app SET standard_conforming_strings = off', true],
  ['ALTER DATABASE shop SET standard_conforming_strings = off', true],
  ["CREATE FUNCTION f() RETURNS int LANGUAGE sql SET standard_conforming_strings = off AS 'SELECT 1'", true],
  ['ALTER FUNCTION f() SET standard_conforming_strings = off', true],
  ['SET standard_conforming_strings = on', false],
  ['SET standard_conforming_strings = TRUE', false],
  ["SELECT set_config('standard_conforming_strings', 'on', false)", false],
  ['RESET standard_conforming_strings', false],
  ['SET escape_string_warning = off', false],
])('%s', async (sql, expected) => {
  const at = { catalog: emptyCatalog(), settings: new Map<string, string>(), pg: 17 };
  const statements = await parse(sql, 'a.sql');
  const because = statements.flatMap(statement =>
    read(statement, at).flatMap(change => (change.kind === 'opaque' ? change.because : [])),
  );
  expect(because.some(text => text.startsWith('standard_conforming_strings'))).toBe(expected);
});
