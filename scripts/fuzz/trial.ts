import type { CostOf, Relation } from '../../src/model/effect.ts';
import type { Statement } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { parse } from '../../src/sql/parse.ts';
import { compare } from '../../src/trace/compare.ts';
import { difference } from '../../src/trace/difference.ts';
import { failureOf, type Failure } from '../../src/database/failure.ts';
import { type Measured } from '../../src/trace/session.ts';
import { snapshot, type Snapshot } from '../../src/trace/snapshot.ts';
import { trace } from '../../src/trace/trace.ts';
import { FILE, type Bench } from './bench.ts';
import { catalogFindings, costFinding, falseAlarm, unforetold, type Finding } from './finding.ts';

/** What a statement showed. */
export interface Outcome {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
}

const costs = (statement: Statement, step: Step, measured: Measured, held: readonly CostOf<'lock'>[]): Finding[] => {
  const { unpredicted, unconfirmed } = compare(step.costs, measured, [...step.held, ...held]);
  return [
    ...falseAlarm(statement, step),
    ...unpredicted.map(cost => costFinding(statement, '+', cost)),
    ...unconfirmed.map(cost => costFinding(statement, '-', cost)),
  ];
};

/** What the transaction holds, foretold as certain or not. */
const heldIn = ({ locks, relations }: Snapshot): CostOf<'lock'>[] =>
  [...locks].flatMap(([oid, mode]) => {
    const known = relations.get(oid);
    if (!known) return [];
    const relation: Relation = { schema: known.schema, name: known.name, kind: known.kind, age: 'existing' };
    return [{ kind: 'lock', relation, mode, until: 'commit', cause: null, basis: 'measured', certainty: 'will' }];
  });

/** One transaction block that is rolled back: each statement is predicted, run under a savepoint and compared. */
export class Trial {
  private readonly bench: Bench;
  private readonly accepted: Statement[] = [];
  private before: Snapshot;
  private readonly shared: ReadonlySet<number>;
  /** The schema as the accepted statements leave it, as they are understood. */
  catalog: Bench['catalog'];

  private constructor(bench: Bench, before: Snapshot) {
    this.bench = bench;
    this.catalog = bench.catalog;
    this.before = before;
    this.shared = new Set(before.relations.keys());
  }

  static async begin(bench: Bench): Promise<Trial> {
    await bench.client.query('begin; set local client_min_messages = debug1');
    return new Trial(bench, await snapshot(bench.client, bench.pid));
  }

  async run(sql: string): Promise<Outcome> {
    const { bench, before, shared } = this;
    const [statement] = await parse(sql, FILE);
    if (!statement) throw new Error(`nothing to run in ${sql}`);
    const step = bench
      .understand([...this.accepted, statement], { delivery: 'whole-file', commits: 'this-pr' })
      .steps.at(-1);
    if (!step) throw new Error(`nothing was understood of ${sql}`);
    const { failure, notices } = await this.send(sql);
    this.before = await snapshot(bench.client, bench.pid);
    if (failure) return { accepted: false, findings: unforetold(statement, step, failure) };
    const copies = statement.node !== null && 'ClusterStmt' in statement.node;
    const seen = difference({ before, after: this.before, notices, shared, copies });
    this.accepted.push(statement);
    this.catalog = step.after;
    return {
      accepted: true,
      findings: costs(statement, step, { costs: seen, ms: 0, complete: true, failure: null }, heldIn(before)),
    };
  }

  /** Does the server have the schema that the analysis has? */
  async catalogFindings(): Promise<Finding[]> {
    return catalogFindings(this.accepted.at(-1) ?? null, await this.bench.difference(this.catalog));
  }

  async end(): Promise<void> {
    await this.bench.client.query('rollback');
  }

  private async send(sql: string): Promise<{ failure: Failure | null; notices: string[] }> {
    const { client } = this.bench;
    const notices: string[] = [];
    const listen = ({ message }: { message?: string | undefined }): void => {
      if (message !== undefined) notices.push(message);
    };
    // By itself, since a message with a syntax error does nothing of what it says.
    await client.query('savepoint tried');
    client.on('notice', listen);
    const failure = await client.query(`${sql}; release tried`).then(() => null, failureOf);
    client.off('notice', listen);
    if (failure) await client.query('rollback to tried');
    return { failure, notices };
  }
}

/** A statement outside a transaction block. It commits. */
export async function runAlone(bench: Bench, sql: string): Promise<Outcome> {
  const statements = await parse(sql, FILE);
  const { steps, catalog } = bench.understand(statements, { delivery: 'per-statement', commits: 'this-pr' });
  const [[measured] = []] = await trace(bench.open, [{ statements, block: false }], 'commit');
  const [statement] = statements;
  const [step] = steps;
  if (!statement || !step || !measured) throw new Error(`nothing to run in ${sql}`);
  if (measured.failure) return { accepted: false, findings: unforetold(statement, step, measured.failure) };
  const differs = catalogFindings(statement, await bench.difference(catalog));
  return { accepted: true, findings: [...costs(statement, step, measured, []), ...differs] };
}
