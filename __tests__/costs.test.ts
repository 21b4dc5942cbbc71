import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AREAS, ENTRIES } from '../rig/costs/areas.ts';
import { measuredOf } from '../rig/costs/facts.ts';
import { KNOWN } from '../rig/costs/known.ts';
import { measure } from '../rig/costs/measure.ts';
import { loadCosts } from '../rig/costs/record.ts';
import { RULE_ANCHORS } from '../rig/costs/rule-anchors.ts';
import { SHOP } from '../rig/costs/shop.ts';
import { UNREAD } from '../rig/costs/unread.ts';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { read } from '../src/effects/read.ts';
import type { Server } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import { blocksReads, blocksWrites, conflicts, LOCK_MODES } from '../src/model/lock.ts';
import { rules } from '../src/rules/index.ts';
import type { Node } from '../src/model/source.ts';
import { all, as } from '../src/sql/nodes.ts';
import { parse } from '../src/sql/parse.ts';
import { bench, type Bench } from '../rig/ground-truth/live.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { MEASURED_ON } from '../rig/ground-truth/records.ts';
import { anyServer } from '../rig/ground-truth/server.ts';
import { verdict } from '../rig/ground-truth/verdict.ts';

const costs = loadCosts();

describe('the record of docs/costs.md', () => {
  test('holds every entry on every major, and nothing else', () => {
    expect([...costs.keys()]).toEqual(ENTRIES.map(({ id }) => id));
    for (const byMajor of costs.values()) expect([...byMajor.keys()].sort()).toEqual(MEASURED_ON);
  });

  test('names each anchor once', () => {
    const ids = [...AREAS, ...ENTRIES].map(({ id }) => id);
    expect(ids.filter((id, nth) => ids.indexOf(id) !== nth)).toEqual([]);
  });

  test('has the anchors that the pages of rules link to', () => {
    const page = readFileSync(new URL('../docs/costs.md', import.meta.url), 'utf8');
    const missing = Object.values(RULE_ANCHORS).filter(
      anchor => !page.includes(`<a id="${anchor}">`) && anchor !== 'how-to-read-it',
    );
    expect(missing).toEqual([]);
    expect(Object.keys(RULE_ANCHORS).filter(id => !rules.some(rule => rule.id === id))).toEqual([]);
  });

  test('has every subcommand of ALTER TABLE that can be written', async () => {
    const statements = (await Promise.all(ENTRIES.map(({ sql }) => parse(sql, 'entry.sql')))).flat();
    const used = statements.flatMap(({ node }) =>
      all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').map(({ subtype }) => subtype),
    );
    const types = readFileSync(new URL('../node_modules/@pgsql/types/enums.d.ts', import.meta.url), 'utf8');
    const known = [...types.matchAll(/"(AT_[A-Z]\w+)"/g)].map(([, subtype = '']) => subtype);
    expect(known.length).toBeGreaterThan(60);
    expect(known.filter(subtype => !INTERNAL.has(subtype) && !used.some(one => one === subtype))).toEqual([]);
  });
});

describe('what is not known', () => {
  const reading = { catalog: emptyCatalog(), settings: new Map<string, string>(), pg: 18 };
  const unread = (node: Node): boolean => read({ node }, reading).some(({ kind }) => kind === 'opaque');

  test.each(UNREAD)('$sql', async ({ sql }) => {
    const nodes = (await parse(sql, 'unread.sql')).flatMap(({ node }): Node[] => (node ? [node] : []));
    expect(nodes.map(node => unread(node))).toEqual([true]);
  });

  test('is all: every other statement has a reader', async () => {
    const listed = (await Promise.all(UNREAD.map(({ sql }) => parse(sql, 'unread.sql')))).flat();
    const types = readFileSync(new URL('../node_modules/@pgsql/types/types.d.ts', import.meta.url), 'utf8');
    const tags = [...types.matchAll(/^export interface (\w+Stmt)\b/gm)].map(([, tag = '']) => tag);
    expect(tags.length).toBeGreaterThan(110);
    const missing = tags.filter(tag => !PARTS.has(tag) && isUnread(tag));
    expect(missing.filter(tag => !listed.some(({ node }) => node !== null && tag in node))).toEqual([]);
  });

  /** A reader may stumble over a body without content: then there is one. */
  function isUnread(tag: string): boolean {
    try {
      return unread({ [tag]: {} });
    } catch {
      return false;
    }
  }
});

/** Nodes that stand inside a statement, or around it. */
const PARTS: ReadonlySet<string> = new Set([
  'RawStmt',
  'SetOperationStmt',
  'ReturnStmt',
  'PLAssignStmt',
  'ReplicaIdentityStmt',
]);

/** What only the server itself makes of a statement (AlterTableType, parsenodes.h). */
const INTERNAL: ReadonlySet<string> = new Set([
  'AT_AddColumnToView',
  'AT_AddIndex',
  'AT_AddIndexConstraint',
  'AT_CookedColumnDefault',
  'AT_ReAddComment',
  'AT_ReAddConstraint',
  'AT_ReAddDomainConstraint',
  'AT_ReAddIndex',
  'AT_ReAddStatistics',
  'AT_ReplaceRelOptions',
]);

describe('predictions equal the record', () => {
  const disagreeing = new Set<string>();

  test.each(MEASURED_ON)('Postgres %i', async major => {
    const predict = await predictor(major, SHOP);
    const unknown: string[] = [];
    for (const entry of ENTRIES) {
      const facts = costs.get(entry.id)?.get(major) ?? {};
      const { disagreements } = verdict(await predict({ setup: '', ...entry }), measuredOf(facts));
      if (disagreements.length === 0) continue;
      disagreeing.add(entry.id);
      if (!(entry.id in KNOWN)) unknown.push(`${entry.id}: ${disagreements.map(({ text }) => text).join('; ')}`);
    }
    expect(unknown).toEqual([]);
  });

  test.each(MEASURED_ON)('Postgres %i: what waits for other transactions, beyond what its locks say', async major => {
    const predict = await predictor(major, SHOP);
    const wrong: string[] = [];
    for (const entry of ENTRIES) {
      const { alone, error, locks = {}, waits = [] } = costs.get(entry.id)?.get(major) ?? {};
      if (!alone || error) continue;
      const modes = Object.values(locks);
      const beyond =
        (waits.includes('writers') && !modes.some(blocksWrites)) ||
        (waits.includes('readers') && !modes.some(blocksReads)) ||
        waits.includes('older snapshots');
      const predicted = (await predict({ setup: '', ...entry })).costs.some(({ kind }) => kind === 'wait');
      if (predicted ? waits.length === 0 : beyond) wrong.push(entry.id);
    }
    expect(wrong).toEqual([]);
  });

  test('every known disagreement still is one', () => {
    expect(Object.keys(KNOWN).filter(id => !disagreeing.has(id))).toEqual([]);
  });
});

describe('a live server does what the record says', () => {
  let server: Server;
  let live: Bench;

  beforeAll(async () => {
    server = await anyServer();
    live = await bench(server, SHOP);
  }, 120_000);
  afterAll(async () => {
    await live.close();
    await server.stop();
  });

  // Every seventh entry; all of them, on every major: npm run costs.
  test.each(ENTRIES.filter((_, nth) => nth % 7 === 0))('$id', async entry => {
    expect(await measure(live, entry)).toEqual(costs.get(entry.id)?.get(server.major));
  });

  test('lock modes conflict as the page says', async () => {
    const [holder, asker] = [await connect(server.url), await connect(server.url)];
    await holder.query('create table shelf ()');
    const found: string[] = [];
    for (const held of LOCK_MODES) {
      await holder.query(`begin; lock table shelf in ${held} mode`);
      for (const asked of LOCK_MODES) {
        const waits = await asker.query(`begin; lock table shelf in ${asked} mode nowait; rollback`).then(
          () => false,
          () => true,
        );
        await asker.query('rollback');
        if (waits !== conflicts(asked, held)) found.push(`${asked} against ${held}`);
      }
      await holder.query('rollback');
    }
    await Promise.all([holder.end(), asker.end()]);
    expect(found).toEqual([]);
  });
});
