import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emptyCatalog } from '../src/catalog/empty.ts';
import type { Server } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import { parse } from '../src/sql/parse.ts';
import { introspect } from '../src/trace/introspect.ts';
import { replay } from './ground-truth/predict.ts';
import { FIXTURE } from './ground-truth/records.ts';
import { anyServer } from './ground-truth/server.ts';
import { outline } from './ground-truth/outline.ts';
import { HISTORIES } from './ground-truth/histories.ts';

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

  test.each([['the fixture of the ground truth', FIXTURE], ...Object.entries(HISTORIES)])('%s', async (_, sql) => {
    const catalog = await replay(sql, emptyCatalog(), server.major);
    expect(outline(catalog)).toEqual(await introspected(sql));
  });
});
