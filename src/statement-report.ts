import { identity, type Consequence, type Cost, type Effect } from './model/effect.ts';
import type { ReportedEffect, StatementReport } from './model/report.ts';
import type { Step } from './model/step.ts';
import type { Compared } from './trace/compare.ts';

/** A statement, with what a database showed of it. */
export function statementReport({ statement, changes, costs }: Step, compared: Compared | undefined): StatementReport {
  const seen = new Set((compared?.confirmed ?? []).map(identity));
  const known = costs.map(cost => (seen.has(identity(cost)) ? { ...cost, basis: 'both' as const } : cost));
  return {
    sql: statement.sql,
    span: statement.span,
    effects: [...changes, ...known, ...(compared?.unpredicted ?? [])].map(reported),
    traced: compared
      ? {
          confirmed: compared.confirmed.map(withoutCause),
          unpredicted: compared.unpredicted.map(withoutCause),
          unconfirmed: compared.unconfirmed.map(withoutCause),
          ms: Math.round(compared.ms * 1000) / 1000,
        }
      : null,
  };
}

const withoutCause = ({ cause, ...rest }: Cost): Consequence => rest;

/** A cost without its cause, which stands among the changes of the same statement. */
export const reported = (effect: Effect): ReportedEffect => ('cause' in effect ? withoutCause(effect) : effect);
