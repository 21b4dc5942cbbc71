import { Allowances } from './allow.ts';
import { check } from './check.ts';
import { collect } from './collect.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import { textIn } from './framework.ts';
import type { Input } from './input/input.ts';
import type { Judged } from './judge.ts';
import { judgeAll } from './judge-all.ts';
import type { Report } from './model/report.ts';
import { notes } from './notes.ts';
import { withPrinted } from './printed.ts';
import { graded } from './graded.ts';
import { report } from './report.ts';
import { rules } from './rules/index.ts';
import { show } from './show.ts';
import { loadDeparser } from './sql/deparse.ts';
import { loadParser } from './sql/parse.ts';
import { unsettled } from './ways-back.ts';
import { VERSION } from './version.ts';

/** The whole sequence: files to migrations, to steps, to findings, to a report. */
export async function run(input: Input): Promise<Report> {
  const { repo, changed, base = null, options, mode, commands = {}, also = [], approved = false, progress } = input;
  const touched = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const { framework, paths } = options;
  const before = base && ((path: string) => textIn(base, path));
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
  const foretold = options.database === 'none' ? all.proofs : unsettled(all.proofs, judged, shown.blindSpots);
  const allowances = new Allowances(judged, { suppressions: options.suppressions, approved });
  const candidates = judged.flatMap(({ migration, steps }) =>
    check(rules, steps, { severities: rulesFor(migration.file, options), allowances }),
  );
  return report({
    version: VERSION,
    pg,
    judged,
    allowances,
    candidates,
    schemaDiffs,
    shown: { ...shown, proofs: [...also, ...foretold, ...shown.proofs].flatMap(proof => graded(proof, options)) },
    severities: file => rulesFor(file, options),
    failOn: options['fail-on'],
    unparsed: options.unparsed,
    history: all.replayed,
    notes: [...(mode === 'audit' && judged.length > 0 ? [] : notes(histories, judged)), ...all.notes, ...shown.notes],
  });
}
