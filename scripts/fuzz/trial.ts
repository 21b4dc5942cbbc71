import type { Server } from '../../src/database/local.ts';
import { connect } from '../../src/database/service.ts';
import { analyze } from '../../src/analyze.ts';
import { emptyCatalog } from '../../src/catalog/empty.ts';
import { identity } from '../../src/model/effect.ts';
import type { Migration } from '../../src/model/source.ts';
import { parse } from '../../src/sql/parse.ts';
import { compare } from '../../src/trace/compare.ts';
import { trace } from '../../src/trace/trace.ts';
import { replay } from '../../__tests__/ground-truth/predict.ts';
import type { Case } from './migrations.ts';

/** What one trial showed: how many statements were compared, and where the two sides differ. */
export interface Outcome {
  readonly compared: number;
  readonly disagreements: readonly string[];
}

const sqlOf = (statements: readonly string[]): string => statements.map(text => `${text};`).join('\n');

/** Tries one case in the database `postgres`, whose schema public is made anew. */
export async function trial(server: Server, { schema, migration }: Case): Promise<Outcome> {
  const open = () => connect(server.url);
  const client = await open();
  try {
    await client.query('set client_min_messages = error; drop schema public cascade; create schema public');
    for (const statement of schema) await client.query(statement);
  } catch {
    return { compared: 0, disagreements: [] };
  } finally {
    await client.end();
  }
  const pg = server.major;
  const statements = await parse(sqlOf(migration), 'fuzz.sql');
  const [measured = []] = await trace(open, [{ statements, block: true }], 'rollback');
  const base = await replay(sqlOf(schema), emptyCatalog(), pg);
  const { steps } = analyze(statements, base, { migration: described(sqlOf(migration)), pg, commits: 'this-pr' });
  const disagreements: string[] = [];
  let compared = 0;
  for (const [nth, seen] of measured.entries()) {
    const step = steps[nth];
    if (!step) break;
    const doomed = step.costs.some(({ kind, certainty }) => kind === 'fail' && certainty === 'will');
    compared += 1;
    if (seen.failure) break;
    if (doomed) disagreements.push(`${nth + 1}: predicted to fail, and does not`);
    const { unpredicted, unconfirmed } = compare(step.costs, seen, step.held);
    disagreements.push(...unpredicted.map(cost => `${nth + 1}: measured, not predicted: ${identity(cost).trim()}`));
    disagreements.push(...unconfirmed.map(cost => `${nth + 1}: predicted, not measured: ${identity(cost).trim()}`));
  }
  return { compared, disagreements };
}

const described = (sql: string): Migration => ({
  id: 'fuzz',
  framework: 'none',
  file: 'fuzz.sql',
  sql,
  changed: true,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
});
