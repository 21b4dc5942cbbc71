import { Allowances } from './findings/suppressions.ts';
import { check } from './findings/check.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import { historiesOf } from './history/histories.ts';
import type { Input } from './input/input.ts';
import type { Judged } from './model/analyzed-migration.ts';
import { judgeAll, withoutMigration } from './analysis/analyze-histories.ts';
import { ofMaterial } from './input/material.ts';
import type { Report } from './model/report.ts';
import { notes } from './report/notes.ts';
import { withPrinted } from './migrations/sql-command-output.ts';
import { graded } from './report/severity.ts';
import { report } from './report/report.ts';
import { rules } from './rules/index.ts';
import { show } from './verify/verify.ts';
import { loadDeparser } from './sql/deparse.ts';
import { loadParser } from './sql/parse.ts';
import { unsettled } from './analysis/rollback/check.ts';
import { VERSION } from './version.ts';

/** The whole sequence: files to migrations, to steps, to findings, to a report. */
export async function run(input: Input): Promise<Report> {
  const { repo, changed, base = null, options, mode, commands = {}, also = [], approved = false, progress } = input;
  const isAudit = mode === 'audit';
  progress?.('Reading the migrations');
  const [known] = await Promise.all([historiesOf(repo, { ...input, base, isAudit }), loadParser()]);
  const judgeable = known.histories.filter(({ migrations }) => isAudit || migrations.some(one => one.changed));
  const { print } = commands;
  const read = print ? await withPrinted(judgeable, { repo, print, all: isAudit }) : judgeable;
  const concerned = read.map(history => transactionFor(history, options));
  const { 'postgres-version': pg, 'on-parse-error': unparsed, 'fail-on': failOn } = options;
  const requireRollback = options['require-rollback'] && options.database === 'none';
  const judging = { repo, changed, base, mode, dump: options['schema-dump'], wanted: commands.schema, requireRollback };
  const judgements = await judgeAll(concerned, {
    ...judging,
    pg,
    progress: (done, all) => progress?.('Checking migrations', done, all),
  });
  const { judged, schemaDiffs, proofs } = judgements;
  if (judged.some(({ steps }) => steps.length > 0)) await loadDeparser();
  const judgeFor = async (major: number): Promise<readonly Judged[]> =>
    (await judgeAll(concerned, { ...judging, pg: major })).judged;
  const shown = await show(options, {
    repo,
    base,
    mode,
    histories: judgements.histories,
    judged,
    judgeFor,
    commands,
    progress,
  });
  const models = concerned.length === 0 ? await withoutMigration(known.histories, { ...judging, pg }) : [];
  const foretold = options.database === 'none' ? proofs : unsettled(proofs, judged, shown.blindSpots);
  const material = await ofMaterial(options, { repo, base, changed });
  const allowances = new Allowances(judged, { suppressions: options.suppressions, approved });
  const candidates = judged.flatMap(({ migration, steps }) =>
    check(rules, steps, { severities: rulesFor(migration.file, options), allowances }),
  );
  return report({
    ...{ version: VERSION, pg, failOn, unparsed },
    judged,
    allowances,
    candidates,
    schemaDiffs,
    shown: {
      ...shown,
      proofs: [...also, ...material, ...known.proofs, ...models, ...foretold, ...shown.proofs].flatMap(proof =>
        graded(proof, options),
      ),
      blindSpots: [...known.blindSpots, ...shown.blindSpots],
    },
    severities: file => rulesFor(file, options),
    history: judgements.replayed,
    notes: [...options.deprecations, ...notes(known, judged, mode), ...judgements.notes, ...shown.notes],
  });
}
