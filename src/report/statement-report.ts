import { identity, type Consequence, type Cost, type Effect } from '../model/effect.ts';
import type { RehearsedStatement } from '../model/rehearsal.ts';
import type { ReportedEffect, StatementReport } from '../model/report.ts';
import type { Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Compared } from '../measure/compare.ts';

interface ShownStatements {
  readonly traced: ReadonlyMap<Statement, Compared>;
  readonly rehearsed: ReadonlyMap<Statement, RehearsedStatement>;
}

/** A statement, with what a database showed of it. */
export function statementReport({ statement, changes, costs }: Step, verified: ShownStatements): StatementReport {
  const compared = verified.traced.get(statement);
  return {
    sql: statement.sql,
    span: statement.span,
    effects: [...reported([...changes, ...costs], compared), ...reported(compared?.unpredicted ?? [])],
    traced: compared
      ? {
          confirmed: compared.confirmed.map(withoutCause),
          unpredicted: compared.unpredicted.map(withoutCause),
          unconfirmed: compared.unconfirmed.map(withoutCause),
          ms: Math.round(compared.ms * 1000) / 1000,
        }
      : null,
    rehearsed: verified.rehearsed.get(statement) ?? null,
  };
}

const withoutCause = ({ cause, ...rest }: Cost): Consequence => rest;

/** Costs without their causes, which stand among the changes of the same statement; those that a trace confirmed say so. */
export function reported(effects: readonly Effect[], compared?: Compared): ReportedEffect[] {
  const confirmed = new Set((compared?.confirmed ?? []).map(identity));
  return effects.map(effect => {
    if (effect.kind === 'prepare') {
      const { query, ...rest } = effect;
      return rest;
    }
    if (!('cause' in effect)) return effect;
    return withoutCause(confirmed.has(identity(effect)) ? { ...effect, basis: 'both' } : effect);
  });
}
