import { broken } from '../rehearse/integrity/checks.ts';
import { caused } from '../rehearse/integrity/residue.ts';
import { lostRows } from '../rehearse/integrity/rows.ts';
import type { Rehearsal, RehearsedStatement } from '../model/rehearsal.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type Migration, type Statement } from '../model/source.ts';
import { as } from '../sql/nodes.ts';
import { isSeeded, type Data } from './data.ts';
import type { OnRows } from './with-rows.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { listed } from '../findings/wording.ts';
import { sentenceOf } from './wording.ts';

/** What a rehearsal has to say. */
export interface RowFindings {
  readonly rehearsal: Rehearsal;
  readonly statements: ReadonlyMap<Statement, RehearsedStatement>;
  readonly rawFindings: readonly RawFinding[];
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

/** 22: data exceptions. 23: constraints. 55006: pending trigger events, of which an empty table has none. */
const OF_ROWS = /^(22...|23...|55006)$/;

/** The findings of a rehearsal, and its figures. */
export function rowFindings(migration: Migration, down: Migration | null, seen: OnRows, data: Data): RowFindings {
  const rowsFrom = isSeeded(data) ? 'seed' : 'generator';
  const start = onLine(migration.file, seen.played[0]?.step.statement.span.line ?? 1);
  const rawFinding = (rule: RawFinding['rule'], message: string, rest: Partial<RawFinding> = {}): RawFinding => ({
    rule,
    message,
    span: start,
    migration: migration.id,
    ...rest,
  });
  const rawFindings: RawFinding[] = [];
  const blindSpots: BlindSpot[] = [];
  const notes: string[] = [];
  for (const { file, because, line } of seen.failedSeeds)
    rawFindings.push(
      rawFinding(
        'failing-seed',
        `${file ?? 'seed-command'} fails before ${migration.id}: ${because}`,
        file === null ? {} : { span: onLine(file, line) },
      ),
    );
  if (seen.failure) {
    const { step, sent } = seen.failure;
    const said = `${sent.message} (${sent.sqlstate ?? ''})`;
    if (sent.limit)
      blindSpots.push({
        span: step.statement.span,
        because: `With rows it was not fully applied: ${said}`,
        kind: 'unread',
      });
    else if (isOfRows(step.statement, sent.sqlstate ?? '', rowsFrom))
      rawFindings.push(
        rawFinding(
          'failing-on-rows',
          `With rows that the ${rowsFrom === 'seed' ? 'seed creates' : 'schema allows'}, ${migration.id} fails: ${said}`,
          {
            span: step.statement.span,
            evidence: step.costs.filter(({ kind }) => kind === 'reject'),
            ...(rowsFrom === 'seed' && { severity: 'error' as const }),
          },
        ),
      );
    else notes.push(`${migration.id} could not be fully run on generated rows: ${said}`);
  }
  if (seen.after) {
    for (const [message, kind] of caused(seen.before.leftovers, seen.after.leftovers))
      if (kind === 'orphans') rawFindings.push(rawFinding('leftover', `After ${migration.id}, ${message}.`));
    for (const { message, span } of broken(seen.before.answers, seen.after.answers))
      rawFindings.push(rawFinding('integrity-check', `After ${migration.id}, ${message}`, span ? { span } : {}));
  }
  if (seen.back && down) {
    const span = onLine(down.file);
    if (seen.back.failure)
      rawFindings.push(
        rawFinding(
          'failing-rollback',
          `On tables with rows, the down migration of ${migration.id} fails: ${sentenceOf(seen.back.failure)}`,
          { span },
        ),
      );
    else if (seen.back.lost.length > 0)
      rawFindings.push(
        rawFinding('lossy-rollback', `After applying and rolling back ${migration.id}, ${listed(seen.back.lost)}.`, {
          span,
        }),
      );
  }
  return {
    rehearsal: rehearsalOf(seen, rowsFrom, data.inUse),
    statements: statementsOf(seen),
    rawFindings,
    blindSpots,
    notes,
  };
}

/** A made row may hold the very key that a migration inserts: that says nothing. */
const isOfRows = (statement: Statement, sqlstate: string, rowsFrom: Rehearsal['rowsFrom']): boolean => {
  if (rowsFrom === 'seed') return sqlstate !== '55P03' && sqlstate !== '40P01';
  const inserts = statement.node !== null && as(statement.node, 'InsertStmt') !== undefined;
  return OF_ROWS.test(sqlstate) && !(inserts && sqlstate === '23505');
};

function statementsOf(seen: OnRows): Map<Statement, RehearsedStatement> {
  return new Map(
    seen.played.map(({ step: { statement }, sent }) => [
      statement,
      {
        ms: thousandths(sent.end - sent.begin),
        walBytes: sent.after && sent.after.walBytes - sent.before.walBytes,
        bytesBefore: sent.before.bytes,
        bytesAfter: sent.after?.bytes ?? null,
        blocked: sent.blocked.map(one => ({
          ...one,
          longest: thousandths(one.longest),
          total: thousandths(one.total),
        })),
        lockTimeout: sent.lockTimeout || statement === seen.gaveUp,
        deadlock: sent.deadlock,
        forecasts: seen.forecasts.get(statement) ?? [],
      },
    ]),
  );
}

function rehearsalOf(seen: OnRows, rowsFrom: Rehearsal['rowsFrom'], inUse: boolean): Rehearsal {
  const { rehearsed, filled, before, after, readerMs } = seen;
  const rows = [...before.rows].map(([name, { count }]) => ({ name, rows: Number(count) }));
  const tables = rows.filter(table => table.rows > 0);
  const held = new Set(tables.map(({ name }) => name));
  return {
    rowsFrom,
    tables,
    unfilled: filled.unfilled.filter(({ name }) => !held.has(name)),
    timeline: rehearsed.timeline,
    inUse,
    readerMs,
    unwatched: rehearsed.unwatched,
    resolutionMs: rehearsed.resolutionMs,
    lost: after ? lostRows(before.rows, after.rows).map(({ message }) => message) : [],
  };
}

const thousandths = (ms: number): number => Math.round(ms * 1000) / 1000;
