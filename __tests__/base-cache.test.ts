import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { DEFAULTS } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';
import { run } from '../src/run.ts';

/** Fails where it is applied a second time to a cluster that has seen it. */
const ONCE = `create table users (id bigint primary key, email text);
alter table users owner to app;`;

describe.each([13, 18])('a cluster that is left to later runs: Postgres %i', pg => {
  const cache = mkdtempSync(join(tmpdir(), 'migration-gate-cache-'));
  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  const prove = async (history: string, change: string): Promise<Report> => {
    const files = new Map([
      ['migrations/1_users.up.sql', history],
      ['migrations/2_change.up.sql', change],
    ]);
    const repo = { paths: [...files.keys()], read: (path: string) => Promise.resolve(files.get(path) ?? '') };
    return await run({
      repo,
      changed: [{ path: 'migrations/2_change.up.sql', status: 'added' }],
      options: { ...DEFAULTS, 'postgres-version': pg, database: 'local', 'base-cache': cache, 'generate-rows': 10 },
      mode: 'pull-request',
    });
  };
  const shown = ({ blindSpots, migrations, notes }: Report): unknown => [
    blindSpots,
    notes,
    migrations.map(({ rehearsal, statements }) => [
      rehearsal?.tables,
      statements.map(({ traced }) => [traced?.confirmed, traced?.unpredicted, traced?.unconfirmed]),
    ]),
  ];
  const clusters = (): string[] => readdirSync(cache).filter(name => /^postgres-[0-9a-f]{12}$/.test(name));

  test('proves the same, and does not apply a history again', async () => {
    const first = await prove(ONCE, 'alter table users add column age int;');
    expect(first.migrations[0]?.statements[0]?.traced).not.toBeNull();
    expect(clusters()).toHaveLength(1);
    const [cluster = ''] = clusters();
    const marker = join(cache, cluster, 'untouched');
    writeFileSync(marker, '');
    const again = await prove(ONCE, 'alter table users add column age int;');
    expect(shown(again)).toEqual(shown(first));
    // What is kept already is not kept again.
    expect(readdirSync(join(cache, cluster))).toContain('untouched');
  }, 60_000);

  test('applies a history that is another', async () => {
    const report = await prove(`${ONCE} create table orders (id int);`, 'alter table orders add column age int;');
    expect(report.migrations[0]?.statements[0]?.traced?.confirmed.map(({ kind }) => kind)).toEqual(['lock']);
  }, 60_000);

  test('keeps nothing of what the change did, nor of what its role was set to', async () => {
    await prove(
      `${ONCE} create table carts (id int);`,
      "alter role current_user set search_path = 'nowhere'; drop table carts;",
    );
    const report = await prove(`${ONCE} create table carts (id int);`, 'alter table carts add column age int;');
    expect(report.findings.filter(({ rule }) => rule === 'failing-migration')).toEqual([]);
    expect(report.migrations[0]?.statements[0]?.traced?.confirmed.map(({ kind }) => kind)).toEqual(['lock']);
  }, 60_000);

  test('begins anew where the files are of no use', async () => {
    const [cluster = ''] = clusters();
    rmSync(join(cache, cluster, 'global'), { recursive: true });
    const report = await prove(ONCE, 'alter table users add column age int;');
    expect(report.migrations[0]?.statements[0]?.traced).not.toBeNull();
  }, 60_000);
});
