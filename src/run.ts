import { check } from './check.ts';
import { collect } from './collect.ts';
import type { Commands } from './commands.ts';
import type { Options } from './config/options.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import type { Repo } from './framework.ts';
import type { Judged, Mode } from './judge.ts';
import { judgeAll, withoutMigration } from './judge-all.ts';
import type { Report } from './model/report.ts';
import type { ChangedFile } from './model/source.ts';
import { notes } from './notes.ts';
import { withPrinted } from './printed.ts';
import { PROOF_IDS } from './prove/proofs.ts';
import { graded } from './graded.ts';
import { report } from './report.ts';
import { rules } from './rules/index.ts';
import { show } from './show.ts';
import { loadDeparser } from './sql/deparse.ts';
import { loadParser } from './sql/parse.ts';
import { unsettled } from './ways-back.ts';
import { VERSION } from './version.ts';

export interface Input {
  readonly repo: Repo;
  /** What the pull request touched; of no meaning in an audit. */
  readonly changed: readonly ChangedFile[];
  readonly options: Options;
  readonly mode: Mode;
  /** The text of a file before the change, where that is known. */
  readonly before?: (path: string) => Promise<string | null>;
  /** Of the repository; none unless the options name some. */
  readonly commands?: Commands;
  /** Called before each file that is judged. */
  readonly progress?: (done: number, all: number) => void;
}

/** The whole sequence: files to migrations, to steps, to findings, to a report. */
export async function run({ repo, changed, before, options, mode, commands = {}, progress }: Input): Promise<Report> {
  const touched = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const { framework, paths } = options;
  const scope = { framework, paths: paths.length > 0 ? paths : null, changed: touched, all: mode === 'audit', before };
  const [histories] = await Promise.all([collect(repo, scope), loadParser()]);
  const judgeable = histories.filter(
    history => mode === 'audit' || history.migrations.some(migration => migration.changed),
  );
  const { print } = commands;
  const read = print ? await withPrinted(judgeable, { repo, print, all: mode === 'audit' }) : judgeable;
  const concerned = read.map(history => transactionFor(history, options));
  const pg = options['postgres-version'];
  const requireRollback = options['require-rollback'] && options.database === 'none';
  const known = { dump: options['base-schema'], wanted: commands.schema };
  const judging = { repo, changed, before, mode, ...known, requireRollback };
  const all = await judgeAll(concerned, { ...judging, pg, progress });
  const { judged, schemaDiffs } = all;
  if (judged.some(({ steps }) => steps.length > 0)) await loadDeparser();
  const judgeFor = async (major: number): Promise<readonly Judged[]> =>
    (await judgeAll(concerned, { ...judging, pg: major })).judged;
  const shown = await show(options, { repo, mode, histories: all.histories, judged, judgeFor, commands });
  const models = concerned.length === 0 ? await withoutMigration(histories, { ...judging, pg }) : [];
  const foretold = options.database === 'none' ? all.proofs : unsettled(all.proofs, judged, shown.blindSpots);
  const candidates = judged.flatMap(({ migration, steps }) => check(rules, steps, rulesFor(migration.file, options)));
  return report({
    version: VERSION,
    pg,
    judged,
    candidates,
    schemaDiffs,
    shown: { ...shown, proofs: [...models, ...foretold, ...shown.proofs].flatMap(proof => graded(proof, options)) },
    ruleIds: [...rules.map(rule => rule.id), ...PROOF_IDS],
    failOn: options['fail-on'],
    unparsed: options.unparsed,
    history: all.replayed,
    notes: [...(mode === 'audit' && judged.length > 0 ? [] : notes(histories, judged)), ...all.notes, ...shown.notes],
  });
}
