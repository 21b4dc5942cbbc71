import { Suppressions } from './findings/suppressions.ts';
import { check } from './findings/check.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import { historiesOf } from './history/histories.ts';
import type { Input } from './input/input.ts';
import type { AnalyzedMigration } from './model/analyzed-migration.ts';
import { analyzeHistories, withoutMigration } from './analysis/analyze-histories.ts';
import { changedRehearsal } from './input/material.ts';
import type { Report } from './model/report.ts';
import { notes } from './report/notes.ts';
import { withCommandOutput } from './migrations/sql-command-output.ts';
import { withSeverity } from './report/severity.ts';
import { report } from './report/report.ts';
import { rules } from './rules/index.ts';
import { verify } from './verify/verify.ts';
import { deparsing } from './sql/deparse.ts';
import { loadParser } from './sql/parse.ts';
import { untestedRollbacks } from './analysis/rollback/check.ts';
import { VERSION } from './version.ts';

/** The whole sequence: files to migrations, to steps, to findings, to a report. */
export async function run(input: Input): Promise<Report> {
  const { repo, changed, base = null, options, mode, commands = {}, also = [], approved = false, progress } = input;
  const isAudit = mode === 'audit';
  progress?.('Reading the migrations');
  const [source] = await Promise.all([historiesOf(repo, { ...input, base, isAudit }), loadParser()]);
  const changedHistories = source.histories.filter(({ migrations }) => isAudit || migrations.some(one => one.changed));
  const { print } = commands;
  const read = print ? await withCommandOutput(changedHistories, { repo, print, all: isAudit }) : changedHistories;
  const histories = read.map(history => transactionFor(history, options));
  const { 'postgres-version': pg, 'on-parse-error': unparsed, 'fail-on': failOn } = options;
  const requireRollback = options['require-rollback'] && options.database === 'none';
  const { 'schema-dump': dump } = options;
  const analysisInput = { repo, changed, base, mode, dump, expectedSchema: commands.schema, requireRollback };
  const analyses = await analyzeHistories(histories, {
    ...analysisInput,
    pg,
    progress: (done, all) => progress?.('Checking migrations', done, all),
  });
  const { analyzed, schemaDiffs, rawFindings } = analyses;
  const analyzeFor = async (major: number): Promise<readonly AnalyzedMigration[]> =>
    (await analyzeHistories(histories, { ...analysisInput, pg: major })).analyzed;
  const context = { repo, base, mode, commands, progress };
  const verified = await verify(options, { ...context, histories: analyses.histories, analyzed, analyzeFor });
  const models = histories.length === 0 ? await withoutMigration(source.histories, { ...analysisInput, pg }) : [];
  const rollbacks =
    options.database === 'none' ? rawFindings : untestedRollbacks(rawFindings, analyzed, verified.blindSpots);
  const rehearsalChanges = await changedRehearsal(options, { repo, base, changed });
  const suppressions = new Suppressions(analyzed, { suppressions: options.suppressions, approved });
  const candidates = await deparsing(() =>
    analyzed.flatMap(({ migration, steps }) =>
      check(rules, steps, { severities: rulesFor(migration.file, options), suppressions }),
    ),
  );
  const all = [...also, ...rehearsalChanges, ...source.rawFindings, ...models, ...rollbacks, ...verified.rawFindings];
  return report({
    ...{ version: VERSION, pg, failOn, unparsed },
    analyzed,
    suppressions,
    candidates,
    schemaDiffs,
    verified: {
      ...verified,
      rawFindings: all.flatMap(finding => withSeverity(finding, options)),
      blindSpots: [...source.blindSpots, ...verified.blindSpots],
    },
    severities: file => rulesFor(file, options),
    history: analyses.replayed,
    notes: [...options.deprecations, ...notes(source, analyzed, mode), ...analyses.notes, ...verified.notes],
  });
}
