import { withClient } from '../database/with-client.ts';
import type { TestServer, TestDatabase } from '../database/test-server.ts';
import { caused } from '../rehearse/integrity/residue.ts';
import type { Relation } from '../model/effect.ts';
import type { Rehearsal, RehearsedStatement } from '../model/rehearsal.ts';
import type { BlindSpot, Settlement } from '../model/report.ts';
import { ALREADY_EXISTS, isCreatedAgain, CREATED_AGAIN } from '../model/replaced.ts';
import { onLine, type History, type Migration, type Span, type Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { hasSql } from '../sql/declarations.ts';
import { parse } from '../sql/parse.ts';
import { measureOutsideTransaction, measureWithoutWatcher } from '../measure/outside-transaction.ts';
import { compare, type Compared } from '../measure/compare.ts';
import type { Failure } from '../database/failure.ts';
import type { Measured } from '../measure/session.ts';
import { trace } from '../measure/trace.ts';
import { isSeeded, type Data } from './data.ts';
import { residueFindings } from './residue.ts';
import { lossOf } from './lost-rows.ts';
import { onRows } from './with-rows.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { UnrunChecks } from './unrun-checks.ts';
import { rowFindings } from './row-findings.ts';
import { statementsOf, transactionGroups } from './transaction-groups.ts';
import { deliver, isEnvironmentLimitation, send, substitute, supplyRole } from './send.ts';
import { settlementOf } from './settled-blind-spots.ts';
import type { Verification } from './result.ts';
import type { Structure } from './structure.ts';
import { hasNoTable, readState, type State } from './state.ts';
import { unpredictedCost } from './unpredicted-cost.ts';
import { present, touchedTables } from './affected-tables.ts';
import { checkIdempotency } from './idempotency.ts';
import { rollBack, type Sent, type AppliedDown } from './down-migration.ts';
import { sentenceOf } from './wording.ts';

export interface ChangedMigration {
  readonly migration: Migration;
  readonly steps: readonly Step[];
}

export interface Expectations {
  readonly comparable: boolean;
  readonly data: Data;
  readonly requireRollback: boolean;
}

const UNSEEN =
  'It cannot run in a transaction block, and the embedded Postgres has only one session: its locks and scans were not measured.';

/** Goes through a history's files in order, with one database. */
export class HistoryVerification implements Verification {
  readonly traced = new Map<Statement, Compared>();
  readonly rawFindings: RawFinding[] = [];
  readonly rehearsals = new Map<Migration, Rehearsal>();
  readonly rehearsed = new Map<Statement, RehearsedStatement>();
  readonly settlements = new Map<Span, Settlement>();
  readonly blindSpots: BlindSpot[] = [];
  readonly notes: string[] = [];
  private readonly server: TestServer;
  private readonly database: TestDatabase;
  private readonly downs: ReadonlyMap<string, Migration>;
  /** Some migration of the history can be taken back, or each must be. */
  private readonly wantsDowns: boolean;
  /** Predictions are for the server's own version. */
  private readonly comparable: boolean;
  private readonly data: Data;
  /** A file before failed, and the schema is not what it should be. */
  private broken = false;
  /** Statements were left out that the role may not run. */
  private partial = false;
  private state: State | null = null;
  private readonly unrunChecks = new UnrunChecks();

  constructor(
    server: TestServer,
    database: TestDatabase,
    history: History,
    { comparable, data, requireRollback }: Expectations,
  ) {
    this.server = server;
    this.database = database;
    this.comparable = comparable;
    this.data = data;
    const downs = history.migrations.filter(({ direction }) => direction === 'down');
    this.downs = new Map(downs.map(down => [down.id, down]));
    this.wantsDowns = requireRollback || downs.some(hasSql);
  }

  /** Why the database is not what the files say; null when it is. */
  get lacks(): string | null {
    if (this.broken) return 'one of the migrations failed.';
    return this.partial ? 'one of the migrations could not be fully applied here.' : null;
  }

  /** History: only what it leaves behind counts. False when it could not be applied. */
  async base(migration: Migration): Promise<boolean> {
    this.state = null;
    const statements = await parse(migration.sql, migration.file);
    const failure = await this.retrying(() => this.apply(statements, migration));
    if (failure === null) return true;
    const because = `This earlier migration could not be applied: ${sentenceOf(failure)}`;
    if (failure.limit) {
      this.partial = true;
      this.blind(migration, because, failure.line, 'unread');
      return false;
    }
    await this.applyBestEffort(statements);
    if (!isEnvironmentLimitation(failure)) this.broken = true;
    this.blind(migration, because);
    return false;
  }

  /** History of which the change touches nothing but the down migration. */
  async rolledBack(migration: Migration): Promise<void> {
    const before = this.state ?? (await readState(this.database));
    if (!(await this.base(migration))) return;
    this.state = await readState(this.database);
    const statements = await parse(migration.sql, migration.file);
    await this.lower({ migration, statements }, before.structure, this.state.structure);
  }

  /** One migration of the change: measured, then down and up again, then on rows. */
  async analyzed({ migration, steps }: ChangedMigration): Promise<void> {
    const before = this.state ?? (await readState(this.database));
    const stage = await this.stage(before);
    try {
      const measured = await this.measure(steps);
      this.state = null;
      const failed = measured.findIndex(one => one?.failure);
      const failure = measured[failed]?.failure ?? null;
      if (failure !== null) return await this.failed(migration, steps[failed], failure);
      const after = await readState(this.database);
      this.state = after;
      this.rawFindings.push(...residueFindings(migration, steps, caused(before.leftovers, after.leftovers)));
      const sent = { migration, statements: steps.map(step => step.statement) };
      this.add(await checkIdempotency(this.server, this.database, sent, after.structure));
      const downMigration = await this.lower(sent, before.structure, after.structure);
      const tables = await this.tablesOf(stage, steps, measured);
      const whole =
        stage && tables ? await this.rehearse(stage, tables, { migration, steps }, downMigration) : hasNoTable(before);
      if (whole) this.settle(steps, measured);
    } finally {
      await stage?.drop();
    }
  }

  /** The state before, for a rehearsal; null where there can be none. */
  private async stage(before: State): Promise<TestDatabase | null> {
    const { rows, checks } = this.data;
    if (rows === 0 && !isSeeded(this.data)) return null;
    return hasNoTable(before) && checks.length === 0 ? null : await this.server.create(this.database);
  }

  /** Those that are filled and used in a rehearsal; null where there is nothing to rehearse. */
  private async tablesOf(
    stage: TestDatabase | null,
    steps: readonly Step[],
    measured: readonly (Measured | undefined)[],
  ): Promise<Relation[] | null> {
    if (stage === null) return null;
    const touched = touchedTables(steps, measured);
    const tables = touched.length > 0 ? await withClient(stage, client => present(client, touched)) : [];
    return tables.length === 0 && this.data.checks.length === 0 ? null : tables;
  }

  /** What was not read and ran in full, on rows if there can be any. */
  private settle(steps: readonly Step[], measured: readonly (Measured | undefined)[]): void {
    for (const [at, step] of steps.entries()) {
      const settlement = settlementOf(step, measured[at]);
      if (settlement) this.settlements.set(step.statement.span, settlement);
    }
  }

  /** True when it went to its end. */
  private async rehearse(
    database: TestDatabase,
    tables: readonly Relation[],
    { migration, steps }: ChangedMigration,
    downMigration: AppliedDown | null,
  ): Promise<boolean> {
    const rowRun = await onRows(
      this.server,
      database,
      { steps, tables, down: downMigration?.direction ?? null },
      this.data,
    );
    const rows = rowFindings(migration, downMigration?.migration ?? null, rowRun, this.data);
    this.rehearsals.set(migration, rows.rehearsal);
    for (const [statement, one] of rows.statements) this.rehearsed.set(statement, one);
    this.rawFindings.push(...rows.rawFindings);
    this.unrunChecks.keep(migration, rowRun.after?.answers);
    this.rawFindings.push(...lossOf({ migration, steps }, rowRun, this));
    this.blindSpots.push(...rows.blindSpots);
    this.notes.push(...rows.notes);
    return rowRun.after !== null;
  }

  private async measure(steps: readonly Step[]): Promise<(Measured | undefined)[]> {
    const runs = transactionGroups(steps);
    const prepared = await Promise.all(
      runs.map(async run => ({
        block: run.block,
        statements: await Promise.all(statementsOf(run).map(statement => substitute(statement, this.server))),
      })),
    );
    let measured: Measured[] = [];
    await this.retrying(async () => {
      const byItself = this.server.embedded ? measureWithoutWatcher : measureOutsideTransaction;
      measured = (await trace(() => this.database.open(), prepared, 'commit', byItself)).flat();
      return measured.at(-1)?.failure ?? null;
    });
    const byStep = new Map(runs.flatMap(run => run.steps).map((step, at) => [step, measured[at]]));
    for (const [step, one] of byStep) if (one?.failure === null) this.compared(step, one);
    return steps.map(step => byStep.get(step));
  }

  private compared(step: Step, measured: Measured): void {
    const { statement, migration, costs, heldLocks } = step;
    const result = compare(costs, measured, heldLocks);
    this.traced.set(statement, this.comparable ? result : { ...result, unpredicted: [], unconfirmed: [] });
    this.rawFindings.push(...unpredictedCost(step, measured, result, this.comparable));
    if (this.server.embedded && !measured.complete) this.blind(migration, UNSEEN, statement.span.line);
  }

  private async failed(migration: Migration, step: Step | undefined, failure: Failure): Promise<void> {
    const span = step?.statement.span ?? onLine(migration.file);
    if (failure.limit) {
      this.partial = true;
      return this.blind(migration, `It was not fully applied: ${sentenceOf(failure)}`, span.line, 'unread');
    }
    if (isEnvironmentLimitation(failure)) {
      await this.applyBestEffort(await parse(migration.sql, migration.file));
      return this.blind(migration, `It could not be verified: ${sentenceOf(failure)}`, span.line);
    }
    const message = this.broken
      ? `The migration fails on Postgres ${this.server.major}, after an earlier migration was not fully applied: ${sentenceOf(failure)}`
      : `The migration fails on Postgres ${this.server.major}: ${sentenceOf(failure)}`;
    this.broken = true;
    const failed = { rule: 'failing-migration', message, span, migration: migration.id } as const;
    const again = ALREADY_EXISTS.test(failure.sqlstate) && isCreatedAgain(migration, failure.message);
    this.rawFindings.push(again ? { ...failed, message: `${message} ${CREATED_AGAIN}`, severity: 'notice' } : failed);
  }

  private async lower(
    { migration, statements }: Sent,
    before: Structure,
    after: Structure,
  ): Promise<AppliedDown | null> {
    if (!this.wantsDowns || migration.edited) return null;
    const down = this.downs.get(migration.id);
    const rolledBack = await rollBack(this.server, this.database, { migration, statements, down }, { before, after });
    this.add(rolledBack);
    return rolledBack.downMigration;
  }

  /** Once more with each role that turns out to be missing. */
  private async retrying(attempt: () => Promise<Failure | null>): Promise<Failure | null> {
    for (;;) {
      const failure = await attempt();
      if (!(await supplyRole(failure, this.server))) return failure;
    }
  }

  private apply(statements: readonly Statement[], { transaction }: Migration): Promise<Failure | null> {
    return withClient(this.database, client =>
      deliver(client, statements, { delivery: transaction, place: this.server }),
    );
  }

  /** Statement by statement, as far as it goes, so that what follows finds most of its schema. */
  private applyBestEffort(statements: readonly Statement[]): Promise<void> {
    this.partial = true;
    return withClient(this.database, async client => {
      for (const statement of statements) await send(client, (await substitute(statement, this.server)).sql);
    });
  }

  /** What can be said only after the last migration. */
  finish(): void {
    this.rawFindings.push(...this.unrunChecks.rawFindings);
  }

  add({
    rawFindings,
    blindSpots,
    notes = [],
  }: Pick<Verification, 'rawFindings' | 'blindSpots'> & Partial<Verification>): void {
    this.rawFindings.push(...rawFindings);
    this.blindSpots.push(...blindSpots);
    this.notes.push(...notes);
  }

  private blind({ file }: Migration, because: string, line = 1, kind: BlindSpot['kind'] = 'unproven'): void {
    this.blindSpots.push({ span: onLine(file, line), because, kind });
  }
}
