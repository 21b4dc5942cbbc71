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
export function rowFindings(migration: Migration, down: Migration | null, onRows: OnRows, data: Data): RowFindings {
  const rowsFrom = isSeeded(data) ? 'seed' : 'generator';
  const start = onLine(migration.file, onRows.played[0]?.step.statement.span.line ?? 1);
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
  for (const { file, because, line } of onRows.failedSeeds)
    rawFindings.push(
      rawFinding(
        'failing-seed',
        `${file ?? 'seed-command'} fails before ${migration.id}: ${because}`,
        file === null ? {} : { span: onLine(file, line) },
      ),
    );
  if (onRows.failure) {
    const { step, sent } = onRows.failure;
    const errorText = `${sent.message} (${sent.sqlstate ?? ''})`;
    if (sent.limit)
      blindSpots.push({
        span: step.statement.span,
        because: `With rows it was not fully applied: ${errorText}`,
        kind: 'unread',
      });
    else if (isOfRows(step.statement, sent.sqlstate ?? '', rowsFrom))
      rawFindings.push(
        rawFinding(
          'failing-on-rows',
          `With rows that the ${rowsFrom === 'seed' ? 'seed creates' : 'schema allows'}, ${migration.id} fails: ${errorText}`,
          {
            span: step.statement.span,
            evidence: step.costs.filter(({ kind }) => kind === 'reject'),
            ...(rowsFrom === 'seed' && { severity: 'error' as const }),
          },
        ),
      );
    else notes.push(`${migration.id} could not be fully run on generated rows: ${errorText}`);
  }
  if (onRows.after) {
    for (const [message, kind] of caused(onRows.before.leftovers, onRows.after.leftovers))
      if (kind === 'orphans') rawFindings.push(rawFinding('leftover', `After ${migration.id}, ${message}.`));
    for (const { message, span } of broken(onRows.before.answers, onRows.after.answers))
      rawFindings.push(rawFinding('integrity-check', `After ${migration.id}, ${message}`, span ? { span } : {}));
  }
  if (onRows.back && down) {
    const span = onLine(down.file);
    if (onRows.back.failure)
      rawFindings.push(
        rawFinding(
          'failing-rollback',
          `On tables with rows, the down migration of ${migration.id} fails: ${sentenceOf(onRows.back.failure)}`,
          { span },
        ),
      );
    else if (onRows.back.lostRows.length > 0)
      rawFindings.push(
        rawFinding(
          'lossy-rollback',
          `After applying and rolling back ${migration.id}, ${listed(onRows.back.lostRows)}.`,
          {
            span,
          },
        ),
      );
  }
  return {
    rehearsal: rehearsalOf(onRows, rowsFrom, data.inUse),
    statements: statementsOf(onRows),
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

function statementsOf(onRows: OnRows): Map<Statement, RehearsedStatement> {
  return new Map(
    onRows.played.map(({ step: { statement }, sent }) => [
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
        lockTimeout: sent.lockTimeout || statement === onRows.gaveUp,
        deadlock: sent.deadlock,
        forecasts: onRows.forecasts.get(statement) ?? [],
      },
    ]),
  );
}

function rehearsalOf(onRows: OnRows, rowsFrom: Rehearsal['rowsFrom'], inUse: boolean): Rehearsal {
  const { rehearsed, filled, before, after, readerMs } = onRows;
  const rows = [...before.rows].map(([name, { count }]) => ({ name, rows: Number(count) }));
  const tables = rows.filter(table => table.rows > 0);
  const filledTables = new Set(tables.map(({ name }) => name));
  return {
    rowsFrom,
    tables,
    unfilled: filled.unfilled.filter(({ name }) => !filledTables.has(name)),
    timeline: rehearsed.timeline,
    inUse,
    readerMs,
    unwatched: rehearsed.unwatched,
    resolutionMs: rehearsed.resolutionMs,
    lost: after ? lostRows(before.rows, after.rows).map(({ message }) => message) : [],
  };
}

const thousandths = (ms: number): number => Math.round(ms * 1000) / 1000;
