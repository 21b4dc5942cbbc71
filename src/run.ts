import { check } from './check.ts';
import { collect } from './collect.ts';
import type { Options } from './config/options.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import type { Repo } from './framework.ts';
import { judge, type Mode } from './judge.ts';
import type { Report } from './model/report.ts';
import type { ChangedFile } from './model/source.ts';
import { report } from './report.ts';
import { rules } from './rules/index.ts';
import { loadDeparser } from './sql/deparse.ts';
import { loadParser } from './sql/parse.ts';
import { VERSION } from './version.ts';

export interface Input {
  readonly repo: Repo;
  /** What the pull request touched; of no meaning in an audit. */
  readonly changed: readonly ChangedFile[];
  readonly options: Options;
  readonly mode: Mode;
  /** Called before each file that is judged. */
  readonly progress?: (done: number, all: number) => void;
}

/** The whole sequence: files to migrations, to steps, to findings, to a report. */
export async function run({ repo, changed, options, mode, progress }: Input): Promise<Report> {
  const touched = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const { framework, paths } = options;
  const [found] = await Promise.all([
    collect(repo, { framework, paths: paths.length > 0 ? paths : null, changed: touched, all: mode === 'audit' }),
    loadParser(),
  ]);
  const histories = found.map(history => transactionFor(history, options));
  const concerned = histories.filter(
    history => mode === 'audit' || history.migrations.some(migration => migration.changed),
  );
  const pg = options['postgres-version'];
  const all = concerned.flatMap(history => history.migrations).filter(({ direction }) => direction === 'up').length;
  let done = 0;
  const judged = [];
  for (const history of concerned)
    judged.push(...(await judge(history, { pg, mode, onFile: () => progress?.(++done, all) })));
  if (judged.some(({ steps }) => steps.length > 0)) await loadDeparser();
  const candidates = judged.flatMap(({ migration, steps }) => check(rules, steps, rulesFor(migration.file, options)));
  return report({
    version: VERSION,
    pg,
    judged,
    candidates,
    ruleIds: rules.map(rule => rule.id),
    failOn: options['fail-on'],
    unparsed: options.unparsed,
    history: mode === 'audit' ? 0 : all - judged.length,
    notes:
      concerned.length > 0
        ? []
        : [histories.length > 0 ? 'No migration changed.' : 'No migrations were found in this repository.'],
  });
}
