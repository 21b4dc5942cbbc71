import { beforeAll, describe, expect, test } from '@jest/globals';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Cost } from '../src/model/effect.ts';
import type { Migration } from '../src/model/source.ts';
import { loadParser } from '../src/sql/parse.ts';
import { plpgsqlStatements } from '../src/sql/plpgsql.ts';

const SHOP = 'create table users (id bigint primary key, email text); create table orders (id bigint primary key);';

const file = (sql: string, rest: Partial<Migration>): Migration => ({
  id: 'a',
  framework: 'plain-sql',
  file: 'migrations/a.sql',
  sql,
  changed: true,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
  ...rest,
});

async function costs(sql: string): Promise<Cost[]> {
  const migrations = [file(SHOP, { changed: false }), file(sql, {})];
  const history = { framework: 'plain-sql', root: 'migrations', migrations };
  const [analyzed] = await analyzeHistory(history, { pg: 17, mode: 'pull-request' });
  return (analyzed?.steps ?? []).flatMap(step => step.costs);
}

describe('what decides whether a statement of a body runs', () => {
  beforeAll(loadParser);

  /** The conditions of the statements that drop a table. */
  function conditions(body: string): (string | null)[] | string {
    const parts = plpgsqlStatements(body);
    return typeof parts === 'string'
      ? parts
      : parts.filter(({ sql }) => sql?.startsWith('drop')).map(({ guards }) => guards[0]?.because ?? null);
  }
  const RETURN = 'an earlier RETURN or EXIT may skip it';
  const LOOP = 'a loop decides whether it runs';
  const IF = 'an IF decides whether it runs';

  test.each([
    ['nothing', 'begin drop table a; end', [null]],
    ['IF', 'begin if n then drop table a; elsif m then drop table b; else drop table c; end if; end', [IF, IF, IF]],
    ['after IF', 'begin if n then null; end if; drop table a; end', [null]],
    ['CASE', 'begin case n when 1 then drop table a; end case; end', ['a CASE decides whether it runs']],
    ['WHILE', 'begin while n loop drop table a; end loop; drop table b; end', [LOOP, null]],
    ['FOR', 'declare r record; begin for r in select 1 loop drop table a; end loop; end', [LOOP]],
    ['FOR of numbers', 'begin for i in 1..n loop drop table a; end loop; end', [LOOP]],
    ['FOREACH', 'declare x int; begin foreach x in array xs loop drop table a; end loop; end', [LOOP]],
    ['LOOP', 'begin loop drop table a; exit when n; drop table b; end loop; drop table c; end', [null, RETURN, null]],
    ['RETURN', 'begin drop table a; if n then return; end if; drop table b; end', [null, RETURN]],
    ['RETURN in a loop', 'begin loop return; end loop; drop table a; end', [RETURN]],
    ['a nested block', 'begin begin if n then drop table a; end if; drop table b; end; end', [IF, null]],
    [
      'EXCEPTION',
      'begin drop table a; exception when others then drop table b; end',
      [null, 'only an exception handler runs it'],
    ],
  ])('%s', (_, body, expected) => {
    expect(conditions(body)).toEqual(expected);
  });
});

describe('what a body costs', () => {
  test('costs under a condition may arise, and say why', async () => {
    const found = await costs('do $$ begin if now() > now() then alter table users alter id type text; end if; end $$');
    expect(found.map(({ kind, certainty, because }) => [kind, certainty, because])).toEqual([
      ['lock', 'may', 'an IF decides whether it runs'],
      ['rewrite', 'may', 'an IF decides whether it runs'],
      ['scan', 'may', 'an IF decides whether it runs'],
    ]);
  });

  test('a function that is called runs its body as a DO block does', async () => {
    const found = await costs(
      'create function tidy() returns void language plpgsql as $$ begin if now() > now() then truncate users; end if; end $$; select tidy()',
    );
    expect(found.map(({ kind, certainty }) => `${kind} ${certainty}`)).toEqual([
      'lock may',
      'new-file may',
      'lose-data may',
    ]);
  });

  test('a failure that a handler may catch is not certain; what the statement locks is', async () => {
    const found = await costs(
      'do $$ begin create index concurrently on users (email); exception when others then null; end $$',
    );
    expect(found.filter(({ kind }) => kind === 'fail' || kind === 'lock').map(c => [c.kind, c.certainty])).toEqual([
      ['lock', 'will'],
      ['fail', 'may'],
    ]);
  });

  test('a table that is there is not created again behind a condition, so that its rows still count', async () => {
    const found = await costs(
      'do $$ begin if now() > now() then create table users (id int); end if; end $$; alter table users alter id type text',
    );
    expect(found.find(({ kind }) => kind === 'rewrite')?.relation?.age).toBe('existing');
  });

  test('queries of loops, cursors, conditions and assignments lock what they read', async () => {
    const found = await costs(
      `do $$ declare r record; n int := (select count(*) from users); begin
        for r in select id from orders loop null; end loop; n := (select max(id) from orders); end $$`,
    );
    expect(new Set(found.map(c => `${c.kind} ${c.relation?.name ?? ''} ${c.certainty}`))).toEqual(
      new Set(['lock users will', 'scan users may', 'lock orders will', 'scan orders may']),
    );
  });

  test('a setting made behind a condition protects nobody', async () => {
    const migrations = [
      file(SHOP, { changed: false }),
      file("do $$ begin if now() > now() then set lock_timeout = '1s'; end if; end $$; drop table users", {}),
    ];
    const history = { framework: 'plain-sql', root: 'migrations', migrations };
    const [analyzed] = await analyzeHistory(history, { pg: 17, mode: 'pull-request' });
    expect(analyzed?.steps.at(-1)?.settings.has('lock_timeout')).toBe(false);
  });
});
