import type { Place, Scratch } from '../database/place.ts';
import { isVisible, type Cost } from '../model/effect.ts';
import { blocksWrites } from '../model/lock.ts';
import type { BlindSpot } from '../model/report.ts';
import type { History, Migration, Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { parse } from '../sql/parse.ts';
import { compare, type Compared } from '../trace/compare.ts';
import type { Failure, Measured } from '../trace/session.ts';
import { trace } from '../trace/trace.ts';
import type { Proof } from './proofs.ts';
import { roundTrip, type Direction } from './round-trip.ts';
import { statementsOf, together } from './runs.ts';
import { deliver, isBeyondUs, send, standIn, supplyRole } from './send.ts';
import { differences, structureOf, type Structure } from './structure.ts';

/** What the proof of one history has shown. */
export interface Proven {
  readonly traced: ReadonlyMap<Statement, Compared>;
  readonly proofs: readonly Proof[];
  /** What could not be proven, and why. */
  readonly blindSpots: readonly BlindSpot[];
}

export interface Judgement {
  readonly migration: Migration;
  readonly steps: readonly Step[];
}

/** Applies a history to a new database, traces what is judged, and takes it down and up again. */
export async function prove(
  place: Place,
  history: History,
  judged: readonly Judgement[],
  { pg, progress }: { pg: number; progress?: (() => void) | undefined },
): Promise<Proven> {
  const byMigration = new Map(judged.map(one => [one.migration, one]));
  const database = await place.create();
  try {
    const proof = new HistoryProof(place, database, history, pg === place.major);
    for (const migration of history.migrations) {
      if (migration.direction === 'down') continue;
      const own = byMigration.get(migration);
      await (own ? proof.judged(own) : proof.base(migration));
      progress?.();
    }
    return proof;
  } finally {
    await database.drop();
  }
}

const IRREVERSIBLE = /--\s*migration-gate:\s*irreversible\s*:\s*\S/i;

class HistoryProof implements Proven {
  readonly traced = new Map<Statement, Compared>();
  readonly proofs: Proof[] = [];
  readonly blindSpots: BlindSpot[] = [];
  private readonly place: Place;
  private readonly database: Scratch;
  private readonly downs: ReadonlyMap<string, Migration>;
  /** Predictions are for the server's own version. */
  private readonly comparable: boolean;
  /** A file before failed, and the schema is not what it should be. */
  private broken = false;
  private structure: Structure | null = null;

  constructor(place: Place, database: Scratch, history: History, comparable: boolean) {
    this.place = place;
    this.database = database;
    this.comparable = comparable;
    const downs = history.migrations.filter(({ direction }) => direction === 'down');
    this.downs = new Map(downs.map(down => [down.id, down]));
  }

  /** History: only what it leaves behind counts. */
  async base(migration: Migration): Promise<void> {
    this.structure = null;
    const statements = await parse(migration.sql, migration.file);
    const failure = await this.retrying(() => this.apply(statements, migration));
    if (failure === null) return;
    if (isBeyondUs(failure)) await this.salvage(statements);
    else this.broken = true;
    this.blind(migration, `It could not be applied before the change: ${text(failure)}`);
  }

  /** One migration of the change: measured, then down and up again. */
  async judged({ migration, steps }: Judgement): Promise<void> {
    const before = this.structure ?? (await this.look());
    const measured = await this.measure(steps);
    this.structure = null;
    const failed = measured.findIndex(one => one?.failure);
    const failure = measured[failed]?.failure ?? null;
    if (failure !== null) return await this.failed(migration, steps[failed], failure);
    this.structure = await this.look();
    await this.rollback(migration, { before, after: this.structure, steps });
  }

  private async measure(steps: readonly Step[]): Promise<(Measured | undefined)[]> {
    const runs = together(steps);
    const prepared = await Promise.all(
      runs.map(async run => ({
        block: run.block,
        statements: await Promise.all(statementsOf(run).map(statement => standIn(statement, this.place))),
      })),
    );
    let measured: Measured[] = [];
    await this.retrying(async () => {
      measured = (await trace(() => this.database.open(), prepared, 'commit')).flat();
      return measured.at(-1)?.failure ?? null;
    });
    const byStep = new Map(runs.flatMap(run => run.steps).map((step, at) => [step, measured[at]]));
    for (const [step, one] of byStep) if (one?.failure === null) this.compared(step, one);
    return steps.map(step => byStep.get(step));
  }

  private compared(step: Step, measured: Measured): void {
    const { statement, migration, costs, held } = step;
    const result = compare(costs, measured, held);
    this.traced.set(statement, this.comparable ? result : { ...result, unpredicted: [], unconfirmed: [] });
    if (!this.comparable || measured.failure) return;
    const hurts = result.unpredicted.filter(cost => isHarm(cost));
    if (hurts.length === 0) return;
    const what = hurts.map(cost => (cost.kind === 'lock' ? cost.mode : cost.kind.replace('-', ' ')));
    const names = [...new Set(hurts.map(cost => cost.relation?.name ?? ''))];
    const message = `The server was seen to do what was not foretold: ${what.join(', ')} on ${names.join(', ')}.`;
    this.proofs.push({
      rule: 'unpredicted-cost',
      message,
      span: statement.span,
      migration: migration.id,
      evidence: hurts,
    });
  }

  private async failed(migration: Migration, step: Step | undefined, failure: Failure): Promise<void> {
    const span = step?.statement.span ?? { file: migration.file, line: 1, endLine: 1 };
    if (isBeyondUs(failure)) {
      await this.salvage(await parse(migration.sql, migration.file));
      return this.blind(migration, `It could not be proven: ${text(failure)}`, span.line);
    }
    const message = this.broken
      ? `The migration fails on Postgres ${this.place.major}, on a schema that an earlier migration could not complete: ${text(failure)}`
      : `The migration fails on Postgres ${this.place.major}: ${text(failure)}`;
    this.broken = true;
    this.proofs.push({ rule: 'failing-migration', message, span, migration: migration.id, evidence: [] });
  }

  private async rollback(
    migration: Migration,
    { before, after, steps }: { before: Structure; after: Structure; steps: readonly Step[] },
  ): Promise<void> {
    if (this.downs.size === 0 || IRREVERSIBLE.test(migration.sql)) return;
    const down = this.downs.get(migration.id);
    if (down && IRREVERSIBLE.test(down.sql)) return;
    const say = (rule: Proof['rule'], message: string, of: Migration, line = 1): void => {
      const span = { file: of.file, line, endLine: line };
      this.proofs.push({ rule, message, span, migration: migration.id, evidence: [] });
    };
    const statements = down ? await parse(down.sql, down.file) : [];
    if (!down || statements.length === 0) {
      const changed = differences(before, after).length;
      const what = down ? 'an empty way down' : 'no way down';
      if (changed > 0)
        say('missing-rollback', `${migration.id} has ${what}, and changes the schema.`, down ?? migration);
      return;
    }
    const first = statements[0]?.span.line ?? 1;
    const up: Direction = { statements: steps.map(step => step.statement), delivery: migration.transaction };
    const route = { up, down: { statements, delivery: down.transaction }, before, after };
    const trip = await roundTrip(this.place, this.database, route);
    if (trip.down) {
      if (isBeyondUs(trip.down)) this.blind(down, `The way down could not be proven: ${text(trip.down)}`, first);
      else say('failing-rollback', `The way down of ${migration.id} fails: ${text(trip.down)}`, down, first);
    } else if (trip.leftBy.length > 0)
      say('incomplete-rollback', `After the way down of ${migration.id} ${list(trip.leftBy)}.`, down, first);
    else if (trip.up) say('failing-reapply', `${migration.id} cannot be applied again: ${text(trip.up)}`, migration);
    else if (trip.after.length > 0)
      say('failing-reapply', `Applied again, ${migration.id} leads elsewhere: ${list(trip.after)}.`, migration);
  }

  /** Once more with each role that turns out to be missing. */
  private async retrying(attempt: () => Promise<Failure | null>): Promise<Failure | null> {
    for (;;) {
      const failure = await attempt();
      if (!(await supplyRole(failure, this.place))) return failure;
    }
  }

  private async apply(statements: readonly Statement[], { transaction }: Migration): Promise<Failure | null> {
    const client = await this.database.open();
    try {
      return await deliver(client, statements, { delivery: transaction, place: this.place });
    } finally {
      await client.end();
    }
  }

  /** Statement by statement, as far as it goes, so that what follows finds most of its schema. */
  private async salvage(statements: readonly Statement[]): Promise<void> {
    const client = await this.database.open();
    try {
      for (const statement of statements) await send(client, (await standIn(statement, this.place)).sql);
    } finally {
      await client.end();
    }
  }

  private async look(): Promise<Structure> {
    const client = await this.database.open();
    try {
      return await structureOf(client);
    } finally {
      await client.end();
    }
  }

  private blind({ file }: Migration, because: string, line = 1): void {
    this.blindSpots.push({ span: { file, line, endLine: line }, because, kind: 'unproven' });
  }
}

const text = ({ message, sqlstate }: Failure): string => `${message} (${sqlstate}).`;

const SHOWN = 5;
const list = (items: readonly string[]): string =>
  items.length > SHOWN ? `${items.slice(0, SHOWN).join('; ')}; and ${items.length - SHOWN} more` : items.join('; ');

/** Work, or a lock that stops writes, on tables that others can see. Rows that a query reads stop nobody. */
const isHarm = (cost: Cost): boolean =>
  cost.relation !== null &&
  cost.relation.kind !== 'sequence' &&
  isVisible(cost.relation) &&
  (cost.kind === 'lock' ? blocksWrites(cost.mode) : cost.kind !== 'scan');
