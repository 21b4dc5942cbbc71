import type { Statement } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { parse } from '../../src/sql/parse.ts';
import { difference, heldIn } from '../../src/measure/difference.ts';
import { failureOf, type Failure } from '../../src/database/failure.ts';
import { type Measured } from '../../src/measure/session.ts';
import { snapshot, type Snapshot } from '../../src/measure/snapshot.ts';
import { trace } from '../../src/measure/trace.ts';
import { FILE, type Bench } from './bench.ts';
import { catalogFindings, findingsOf, type Finding } from './finding.ts';

/** A statement that a server has run. */
export interface Tried {
  readonly measured: Measured;
  /** Predicts it: anew each time. */
  readonly predict: () => Step;
}

/** What a statement showed. */
export interface Outcome extends Tried {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
  /** Does the server have the schema that the analysis has? Asked before the next statement is run. */
  readonly differs: () => Promise<Finding[]>;
}

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
    const predict = bench.predicted([...this.accepted, statement], 'whole-file');
    const step = predict();
    const { failure, notices } = await this.send(sql);
    this.before = await snapshot(bench.client, bench.pid);
    const copies = statement.node !== null && 'ClusterStmt' in statement.node;
    const costs = failure ? [] : difference({ before, after: this.before, notices, shared, copies });
    const measured: Measured = { costs, ms: 0, complete: true, failure, heldLocks: heldIn(before) };
    if (failure === null) {
      this.accepted.push(statement);
      this.catalog = step.after;
    }
    const differs = (): Promise<Finding[]> => this.differs();
    return { accepted: failure === null, findings: findingsOf(step, measured), measured, predict, differs };
  }

  /** Does the server have the schema that the analysis has? */
  async differs(): Promise<Finding[]> {
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
  const predict = bench.predicted(statements, 'per-statement');
  const step = predict();
  const [[measured] = []] = await trace(bench.open, [{ statements, block: false }], 'commit');
  if (!measured) throw new Error(`nothing to run in ${sql}`);
  const accepted = measured.failure === null;
  const differs = async (): Promise<Finding[]> =>
    accepted ? catalogFindings(step.statement, await bench.difference(step.after)) : [];
  return { accepted, findings: findingsOf(step, measured), measured, predict, differs };
}
