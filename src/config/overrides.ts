import { matches } from './glob.ts';
import type { Severity } from '../model/report.ts';
import type { History } from '../model/source.ts';
import type { Options } from './options.ts';

/** Severities that hold for a file: those of all files, then those of each override that matches, the last winning. */
export function rulesFor(file: string, options: Options): ReadonlyMap<string, Severity | 'off'> {
  const rules = new Map(options.rules);
  if (options['lock-timeout-set-by-tool'])
    for (const rule of ['lock-without-timeout', 'missing-lock-timeout', 'timeout-set-too-late'])
      if (!rules.has(rule)) rules.set(rule, 'off');
  for (const override of options.overrides)
    if (matches(override.paths, file)) for (const [rule, severity] of override.rules) rules.set(rule, severity);
  return rules;
}

/** A configured transaction wins over what the tool does. */
export function transactionFor(history: History, { overrides }: Options): History {
  const chosen = overrides.filter(override => override.transaction !== null);
  if (chosen.length === 0) return history;
  const migrations = history.migrations.map(migration => {
    const transaction = chosen.findLast(override => matches(override.paths, migration.file))?.transaction;
    return transaction ? { ...migration, transaction } : migration;
  });
  return { ...history, migrations };
}
