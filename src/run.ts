import { check } from './check.ts';
import { collect } from './collect.ts';
import type { Options } from './config/options.ts';
import { rulesFor, transactionFor } from './config/overrides.ts';
import { schemaDiff } from './diff/schema-diff.ts';
import type { Repo } from './framework.ts';
import { judge, type Judged, type Mode } from './judge.ts';
import type { Report } from './model/report.ts';
import type { SchemaDiff } from './model/schema-diff.ts';
import type { ChangedFile } from './model/source.ts';
import { notes } from './notes.ts';
import { withPrinted, type Print } from './printed.ts';
import { PROOF_IDS, PROOFS } from './prove/proofs.ts';
import type { Proof } from './prove/proofs.ts';
import { NOTHING_SHOWN } from './prove/shown.ts';
import { report, type Graded } from './report.ts';
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
  /** Prints the SQL of migrations that are programs. */
  readonly print?: Print;
  /** Called before each file that is judged. */
  readonly progress?: (done: number, all: number) => void;
}

/** The whole sequence: files to migrations, to steps, to findings, to a report. */
export async function run({ repo, changed, options, mode, print, progress }: Input): Promise<Report> {
  const touched = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const { framework, paths } = options;
  const [histories] = await Promise.all([
    collect(repo, { framework, paths: paths.length > 0 ? paths : null, changed: touched, all: mode === 'audit' }),
    loadParser(),
  ]);
  const judgeable = histories.filter(
    history => mode === 'audit' || history.migrations.some(migration => migration.changed),
  );
  const read = print ? await withPrinted(judgeable, { repo, print, all: mode === 'audit' }) : judgeable;
  const concerned = read.map(history => transactionFor(history, options));
  const pg = options['postgres-version'];
  const all = concerned.flatMap(history => history.migrations).filter(({ direction }) => direction === 'up').length;
  let done = 0;
  const judged = [];
  const schemaDiffs = [];
  for (const history of concerned) {
    const files = await judge(history, { pg, mode, onFile: () => progress?.(++done, all) });
    judged.push(...files);
    schemaDiffs.push(...(mode === 'audit' ? [] : changesOf(history.root, files)));
  }
  if (judged.some(({ steps }) => steps.length > 0)) await loadDeparser();
  const shown =
    options.database === 'none'
      ? NOTHING_SHOWN
      : await (await import('./prove/prove-all.ts')).proveAll(options.database, concerned, judged, { pg });
  const candidates = judged.flatMap(({ migration, steps }) => check(rules, steps, rulesFor(migration.file, options)));
  return report({
    version: VERSION,
    pg,
    judged,
    candidates,
    schemaDiffs,
    shown: { ...shown, proofs: shown.proofs.flatMap(proof => withSeverity(proof, options)) },
    ruleIds: [...rules.map(rule => rule.id), ...PROOF_IDS],
    failOn: options['fail-on'],
    unparsed: options.unparsed,
    history: mode === 'audit' ? 0 : all - judged.length,
    notes: [...(mode === 'audit' && judged.length > 0 ? [] : notes(histories, judged)), ...shown.notes],
  });
}

/** As the configuration says, else as the kind of proof does. */
function withSeverity(proof: Proof, options: Options): Graded[] {
  const severity = rulesFor(proof.span.file, options).get(proof.rule) ?? PROOFS[proof.rule].severity;
  return severity === 'off' ? [] : [{ ...proof, severity, category: PROOFS[proof.rule].category }];
}

/** From before the first file of the pull request to after its last; files of history between them are in it, too. */
function changesOf(root: string, files: readonly Judged[]): SchemaDiff[] {
  const [first, last] = [files[0], files.at(-1)];
  const diff = first && last ? schemaDiff(root, first.before, last.after) : null;
  return diff ? [diff] : [];
}
