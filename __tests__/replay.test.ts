import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { replayHistory, type Replayed } from '../rig/replay/replay-history.ts';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { collect } from '../src/migrations/collect.ts';
import type { Server } from '../src/database/local.ts';
import { testServerAt } from '../src/database/test-server.ts';
import { connect } from '../src/database/service.ts';
import { checkout } from '../src/repo/checkout.ts';
import { loadParser, parse } from '../src/sql/parse.ts';
import { introspect } from '../src/measure/introspect.ts';
import type { Repo } from '../src/model/framework.ts';
import { replay } from '../rig/ground-truth/predict.ts';
import { FIXTURE } from '../rig/ground-truth/records.ts';
import { anyServer } from '../rig/ground-truth/server.ts';
import { outline } from '../rig/ground-truth/outline.ts';
import { HISTORIES } from '../rig/ground-truth/histories.ts';

describe('a history replayed from its text leaves the schema that a server has after it', () => {
  let server: Server;
  let databases = 0;

  beforeAll(async () => {
    server = await anyServer();
  }, 120_000);
  afterAll(() => server.stop());

  async function introspected(sql: string): Promise<string[]> {
    const name = `history_${++databases}`;
    const admin = await connect(server.url);
    await admin.query(`create database ${name}`);
    await admin.end();
    const client = await connect(server.database(name));
    // One by one, as a tool would send them: BEGIN and ROLLBACK in a history mean what they say.
    for (const statement of await parse(sql, 'history.sql')) await client.query(statement.sql);
    const catalog = await introspect(client);
    await client.end();
    return outline(catalog);
  }

  test.each([['the fixture of the ground truth', FIXTURE.schema], ...Object.entries(HISTORIES)])(
    '%s',
    async (_, sql) => {
      const catalog = await replay(sql, emptyCatalog(), server.major);
      expect(outline(catalog)).toEqual(await introspected(sql));
    },
  );
});

describe('npm run replay', () => {
  /** The first history of a repository, next to a server. */
  async function replayed(repo: Repo): Promise<Replayed> {
    const server = await anyServer();
    const place = await testServerAt(server);
    try {
      await loadParser();
      const { histories } = await collect(repo, { framework: 'auto', paths: null, changed: new Set(), all: true });
      const [history] = histories;
      if (!history) throw new Error('no history');
      return await replayHistory(place, history);
    } finally {
      await place.close();
    }
  }

  test('an example of ours has no difference', async () => {
    const shop = fileURLToPath(new URL('../examples/prisma/history', import.meta.url));
    expect(await replayed(await checkout(shop))).toEqual({
      files: 2,
      compared: 4,
      differing: 0,
      opaque: 0,
      refused: [],
      differences: [],
      explained: [],
    });
  }, 120_000);

  test('what the server refuses is left out on both sides; what the analysis cannot know is a difference', async () => {
    const files: Readonly<Record<string, string>> = {
      'migrations/1_users.up.sql':
        'create table users (id int) partition by list (id);\nalter table users add check (planet(id));\ncreate table users_1 partition of users default;',
      'migrations/2_parts.up.sql':
        "create table parts (part text);\ninsert into parts select relid from pg_partition_tree('users');",
    };
    const repo = { paths: Object.keys(files), read: (path: string) => Promise.resolve(files[path] ?? '') };
    const { compared, differing, refused, differences } = await replayed(repo);
    expect([compared, differing]).toEqual([4, 1]);
    expect(refused).toEqual([
      {
        at: { file: 'migrations/1_users.up.sql', line: 2, endLine: 2 },
        message: 'function planet(integer) does not exist',
        believed: false,
      },
    ]);
    expect(differences.map(({ text, at }) => `${at.file}:${at.line} ${text}`)).toEqual([
      'migrations/2_parts.up.sql:2 server only: lock public.users_1 ACCESS SHARE',
    ]);
  }, 120_000);

  test('what a blind spot does to the schema is explained by it, and so is what becomes of that; nothing else is', async () => {
    const files: Readonly<Record<string, string>> = {
      'migrations/1_users.up.sql': 'create table users (id int primary key, email text unique);',
      'migrations/2_names.up.sql': `do $$ declare c record; begin
          for c in select conname from pg_constraint where contype = 'u' and conrelid = 'users'::regclass order by random() loop
            execute format('alter table users rename constraint %I to %I', c.conname, c.conname || '_once');
          end loop; end $$;`,
      'migrations/3_mail.up.sql':
        'alter table users rename column email to mail; alter table users rename constraint users_email_key_once to users_mail_key;',
    };
    const repo = { paths: Object.keys(files), read: (path: string) => Promise.resolve(files[path] ?? '') };
    const { opaque, differences, explained } = await replayed(repo);
    expect([opaque, differences]).toEqual([1, []]);
    expect(new Set(explained.map(({ explanation }) => explanation?.at.file))).toEqual(
      new Set(['migrations/2_names.up.sql']),
    );
    expect(explained.map(({ text }) => text)).toContain('server only: public.users unique users_mail_key (mail)');
  }, 120_000);

  test('a lock is held on a table that is called otherwise by now', async () => {
    const files: Readonly<Record<string, string>> = {
      'migrations/1_users.up.sql': 'create table users (id int primary key);',
      'migrations/2_people.up.sql':
        'alter table users rename to people;\ncreate table pets (owner int references people);',
    };
    const repo = { paths: Object.keys(files), read: (path: string) => Promise.resolve(files[path] ?? '') };
    expect((await replayed(repo)).differences).toEqual([]);
  }, 120_000);
});
