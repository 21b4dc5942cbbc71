import { check } from './check.ts';
import { collectAsked } from './collect/asked.ts';
import type { Commands } from './commands.ts';
import type { Options } from './config/options.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import type { Repo } from './framework.ts';
import type { Judged, Mode } from './judge.ts';
import { judgeAll } from './judge-all.ts';
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
  /** Files that the user named as the change. */
  readonly named?: readonly string[];
  /** The folder that is judged; empty for all. */
  readonly below?: string;
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
export async function run(input: Input): Promise<Report> {
  const { repo, changed, before, options, mode, commands = {}, progress } = input;
  const isAudit = mode === 'audit';
  const [{ histories, ...found }] = await Promise.all([collectAsked(repo, { ...input, isAudit }), loadParser()]);
  const judgeable = histories.filter(history => isAudit || history.migrations.some(migration => migration.changed));
  const { print } = commands;
  const read = print ? await withPrinted(judgeable, { repo, print, all: isAudit }) : judgeable;
  const concerned = read.map(history => transactionFor(history, options));
  const { 'postgres-version': pg, unparsed, 'fail-on': failOn } = options;
  const requireRollback = options['require-rollback'] && options.database === 'none';
  const known = { dump: options['base-schema'], wanted: commands.schema };
  const judging = { repo, changed, before, mode, ...known, requireRollback };
  const all = await judgeAll(concerned, { ...judging, pg, progress });
  const { judged, schemaDiffs } = all;
  if (judged.some(({ steps }) => steps.length > 0)) await loadDeparser();
  const judgeFor = async (major: number): Promise<readonly Judged[]> =>
    (await judgeAll(concerned, { ...judging, pg: major })).judged;
  const shown = await show(options, { repo, mode, histories: all.histories, judged, judgeFor, commands });
  const foretold = options.database === 'none' ? all.proofs : unsettled(all.proofs, judged, shown.blindSpots);
  const candidates = judged.flatMap(({ migration, steps }) => check(rules, steps, rulesFor(migration.file, options)));
  return report({
    ...{ version: VERSION, pg, failOn, unparsed },
    judged,
    candidates,
    schemaDiffs,
    shown: { ...shown, proofs: [...foretold, ...shown.proofs].flatMap(proof => graded(proof, options)) },
    unclaimed: found.blindSpots,
    ruleIds: [...rules.map(rule => rule.id), ...PROOF_IDS],
    history: all.replayed,
    notes: [...(isAudit ? [] : notes(histories, judged)), ...found.notes, ...all.notes, ...shown.notes],
  });
}
