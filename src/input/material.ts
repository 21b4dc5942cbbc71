import type { Options } from '../config/options.ts';
import { textIn, type Repo } from '../model/framework.ts';
import { matches } from '../config/glob.ts';
import { isQuery, conditionOf } from '../rehearse/integrity/checks.ts';
import { onLine, type ChangedFile } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { changedIn } from './command-files.ts';

interface Change {
  readonly repo: Repo;
  readonly base: Repo | null;
  readonly changed: readonly ChangedFile[];
}

const COMMANDS = ['sql-command', 'apply-command', 'seed-command', 'schema-command'] as const;

/** What a change does to the files by which it is checked: integrity checks, seeds, and the programs of commands. */
export async function changedRehearsal(options: Options, change: Change): Promise<RawFinding[]> {
  if (change.base === null) return [];
  const programs = await ofCommands(options, change);
  if (options.database === 'none') return programs;
  const checks = options['integrity-checks'].filter(entry => !isQuery(entry));
  return [
    ...(await ofFiles(checks, change, { ...WORDS.checks, fromBase: options['config-from'] === 'base' })),
    ...(await ofFiles(options.seed, change, { ...WORDS.seed, fromBase: options['config-from'] === 'base' })),
    ...programs,
  ];
}

const WORDS = {
  checks: { what: 'the integrity checks', verb: 'decide', parts: conditionOf },
  seed: { what: 'the seed', verb: 'is used', parts: (sql: string) => linesOf(sql).filter(line => line !== '') },
} as const;

interface CheckFiles {
  readonly what: string;
  readonly verb: string;
  /** What of a file is compared. */
  readonly parts: (sql: string) => readonly string[];
  readonly fromBase: boolean;
}

async function ofFiles(
  globs: readonly string[],
  { repo, base, changed }: Change,
  files: CheckFiles,
): Promise<RawFinding[]> {
  if (globs.length === 0 || base === null) return [];
  const paths = changed.flatMap(({ path, previous }) => [path, previous ?? path]);
  const touched = [...new Set(paths)].filter(path => matches(globs, path)).sort();
  const sides = await Promise.all(
    touched.map(async path => ({ path, was: await textIn(base, path), is: await textIn(repo, path) })),
  );
  // What stands in another of the files has only moved.
  const current = sides.flatMap(({ is }) => files.parts(is ?? ''));
  const findings: RawFinding[] = [];
  for (const { path, was, is } of sides) {
    if (was === null || was === is) continue;
    const removed = without(files.parts(was), current);
    const added = without(files.parts(is ?? ''), files.parts(was));
    if (removed.length === 0) continue;
    const until = files.fromBase
      ? `${files.what} of the base branch ${files.verb} until the merge`
      : `config-from: head lets the change's own hold at once`;
    const what = is === null ? 'deleted' : 'changed';
    const message = `${path} is ${what}; ${until}. ${listOf(removed, added, files.what === WORDS.seed.what)}`;
    findings.push({ rule: 'changed-rehearsal', message, span: onLine(path), migration: path });
  }
  return findings;
}

const SHOWN = 3;

function listOf(removed: readonly string[], added: readonly string[], inLines: boolean): string {
  if (inLines) return `Of its lines ${removed.length} would be gone, and ${added.length} new.`;
  const some = (all: readonly string[]): string =>
    `${all
      .slice(0, SHOWN)
      .map(one => JSON.stringify(one))
      .join(', ')}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''}`;
  return `Gone would be ${some(removed)}${added.length === 0 ? '' : `; new ${some(added)}`}.`;
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const remaining = [...others];
  return all.filter(one => {
    const at = remaining.indexOf(one);
    if (at >= 0) remaining.splice(at, 1);
    return at < 0;
  });
}

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/).map(line => line.trim());

/** The programs that the commands name are those of the change: they run in its checkout. */
async function ofCommands(options: Options, change: Change): Promise<RawFinding[]> {
  const findings: RawFinding[] = [];
  for (const option of COMMANDS) {
    const command = options[option];
    if (command === null) continue;
    for (const [path, what] of await changedIn(command, change))
      findings.push({
        rule: 'changed-rehearsal',
        message: `${path} is changed, and ${option} runs ${what}: what it says of this change comes from the change itself.`,
        span: onLine(path),
        migration: path,
      });
  }
  return findings;
}
