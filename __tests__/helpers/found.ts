import { analyzeHistory } from '../../src/analysis/analyze-history.ts';
import { check, once } from '../../src/findings/check.ts';
import type { Delivery, Migration } from '../../src/model/source.ts';
import { rules } from '../../src/rules/index.ts';

export const file = (sql: string, at: number, transaction: Delivery, changed: boolean): Migration => ({
  id: String(at),
  framework: 'plain-sql',
  file: `migrations/${at}.sql`,
  sql,
  changed,
  direction: 'up',
  transaction,
  noTransaction: null,
  unread: [],
});

/** Errors and warnings of a pull request: `file:line severity rule`. */
export async function found(
  past: string,
  files: readonly string[],
  transaction: Delivery = 'whole-file',
): Promise<{ at: string[]; said: string }> {
  const migrations = [
    file(past, 0, 'whole-file', false),
    ...files.map((sql, at) => file(sql, at + 1, transaction, true)),
  ];
  const analyzed = await analyzeHistory(
    { framework: 'plain-sql', root: 'migrations', migrations },
    { pg: 17, mode: 'pull-request' },
  );
  const candidates = once(analyzed.flatMap(({ steps }) => check(rules, steps)));
  return {
    at: candidates.map(
      ({ step, severity, rule }) => `${step.migration.id}:${step.statement.span.line} ${severity} ${rule.id}`,
    ),
    said: candidates.map(({ violation }) => violation.message).join('\n'),
  };
}

/** A table that others use. */
export const USERS = 'create table users (id bigint primary key, a int, b int not null, c bigint);\n';
