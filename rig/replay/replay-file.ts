import { analyzeMigration } from '../../src/analysis/analyze-migration.ts';
import type { TestServer, TestDatabase } from '../../src/database/test-server.ts';
import { identity, type Change, type Cost } from '../../src/model/effect.ts';
import type { Catalog } from '../../src/model/schema.ts';
import type { Migration, Span, Statement } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { statementsOf, transactionGroups, type TransactionGroup } from '../../src/verify/transaction-groups.ts';
import { substitute, supplyRole } from '../../src/verify/send.ts';
import { parse } from '../../src/sql/parse.ts';
import { compare } from '../../src/measure/compare.ts';
import type { Measured } from '../../src/measure/session.ts';
import { trace } from '../../src/measure/trace.ts';
import { blindSpots, unseenBecause, type BlindSpot } from './blind-spot.ts';
import type { Difference } from './replay-history.ts';

/** What one file has shown, and what it leaves on both sides. */
export interface File {
  readonly at: Pick<Span, 'file' | 'line'>;
  readonly compared: number;
  readonly differing: number;
  readonly opaque: number;
  /** Statements that the server does not take: left out on both sides. */
  readonly refused: readonly Refused[];
  readonly blindSpots: readonly BlindSpot[];
  readonly changes: readonly Change[];
  readonly differences: readonly Difference[];
  readonly database: TestDatabase;
  readonly catalog: Catalog;
}

interface Refused {
  readonly at: Span;
  readonly message: string;
  /** The analysis took it for one that works. */
  readonly believed: boolean;
}

interface Before {
  readonly place: TestServer;
  readonly database: TestDatabase;
  readonly migration: Migration;
  readonly catalog: Catalog;
}

/**
 * Analyses and applies one file, again without each statement that the server refuses. What does not commit as a whole
 * is tried on a copy of the database.
 */
export async function replayFile({ place, database, migration, catalog }: Before): Promise<File> {
  let statements = await parse(migration.sql, migration.file);
  const refused: Refused[] = [];
  for (;;) {
    const understood = analyzeMigration(statements, catalog, { migration, pg: place.major, commits: 'this-pr' });
    const runs = transactionGroups(understood.steps);
    const whole = runs.length === 1 && runs[0]?.block;
    const seen = understood.steps.every(step => unseenBecause(step) === null);
    const stage = whole && seen ? database : await place.create(database);
    const measured = await measure(stage, runs, place);
    const at = measured.findIndex(({ failure }) => failure !== null);
    if (at < 0) {
      const unseen = seen ? [] : await blindSpots(understood.steps, database, place);
      if (stage !== database) await database.drop();
      const verdicts = runs.flatMap(run => run.steps).flatMap((step, nth) => verdict(step, measured[nth]));
      return {
        at: { file: migration.file, line: 1 },
        compared: verdicts.filter(({ opaque }) => !opaque).length,
        differing: verdicts.filter(({ opaque, differences }) => !opaque && differences.length > 0).length,
        opaque: verdicts.filter(({ opaque }) => opaque).length,
        refused,
        blindSpots: unseen,
        changes: understood.steps.flatMap(({ changes }) => changes),
        differences: verdicts.flatMap(({ opaque, differences }) => (opaque ? [] : differences)),
        database: stage,
        catalog: understood.catalog,
      };
    }
    if (stage !== database) await stage.drop();
    const failure = measured[at]?.failure ?? null;
    if (await supplyRole(failure, place)) continue;
    const culprit = runs.flatMap(statementsOf)[at];
    statements = statements.filter(statement => statement !== culprit);
    const step = understood.steps.find(({ statement }) => statement === culprit);
    if (step) refused.push({ at: step.statement.span, message: failure?.message ?? '', believed: believes(step) });
  }
}

const believes = (step: Step): boolean =>
  unseenBecause(step) === null && !step.costs.some(({ kind }) => kind === 'fail');

async function measure(
  database: TestDatabase,
  runs: readonly TransactionGroup[],
  place: TestServer,
): Promise<readonly Measured[]> {
  const sent = await Promise.all(
    runs.map(async run => ({
      block: run.block,
      statements: await Promise.all(statementsOf(run).map(statement => substitute(statement, place))),
    })),
  );
  return (await trace(() => database.open(), sent, 'commit')).flat();
}

/** One statement: what the analysis predicted against what the server did. */
function verdict(step: Step, measured: Measured | undefined): { opaque: boolean; differences: Difference[] }[] {
  if (!measured) return [];
  const { statement, costs, heldLocks } = step;
  const { unpredicted, unconfirmed } = compare(costs, measured, heldLocks);
  const failing = costs.filter(({ kind, certainty }) => kind === 'fail' && certainty === 'will');
  const difference =
    (what: string) =>
    (cost: Cost): Difference => ({
      kind: 'cost',
      group: [what, cost.kind, 'mode' in cost ? cost.mode : '', cost.relation?.kind ?? '', tagOf(statement)]
        .filter(Boolean)
        .join(' '),
      text: `${what} ${identity(cost).trim()}`,
      at: statement.span,
    });
  return [
    {
      opaque: unseenBecause(step) !== null,
      differences: [
        ...unpredicted.map(difference('server only:')),
        ...[...unconfirmed, ...failing].map(difference('analysis only:')),
      ],
    },
  ];
}

const tagOf = ({ node }: Statement): string => Object.keys(node ?? {})[0] ?? '';
