import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArguments, type Arguments, type Format } from './config/flags.ts';
import { help } from './config/help.ts';
import { loadOptions } from './config/load.ts';
import type { Options } from './config/options.ts';
import { Expected } from './errors.ts';
import type { Report } from './model/report.ts';
import type { ChangedFile } from './model/source.ts';
import { PROOF_IDS, PROOF_TEXTS } from './prove/proofs.ts';
import { render } from './render/render.ts';
import { checkout } from './repo/checkout.ts';
import { explain } from './explain.ts';
import { rules } from './rules/index.ts';
import { run, type Input } from './run.ts';
import { loadParser } from './sql/parse.ts';
import { VERSION } from './version.ts';

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  process.exitCode = 2;
  if (!(error instanceof Expected)) throw error;
  process.stderr.write(`migration-gate: ${error.message}\n${error.hint === null ? '' : `${error.hint}\n`}`);
}

async function main(given: Arguments): Promise<number> {
  if (given.version) return say(`${VERSION}\n`);
  if (given.help || given.command === null) return say(help(), given.help ? 0 : 2);
  if (given.command === 'explain') return say(explain(given.operands[0] ?? '', rules));
  if (given.command !== 'check')
    throw new Expected(`"${given.command}" is not a command`, {
      hint: 'It is check or explain: migration-gate --help',
    });
  // Compiles beside what follows, which waits for git and the disk.
  void loadParser();
  const root = process.cwd();
  const options = await optionsOf(given, root);
  const mode = given.all ? 'audit' : 'pull-request';
  const report = await run({
    repo: await checkout(root),
    changed: given.all ? [] : await changedOf(given, root),
    before: async path => textBeforeBase(given, root, path),
    options,
    mode,
    ...(await printing(options, root)),
    progress,
  });
  await put(given, report);
  return report.conclusion === 'fail' ? 1 : 0;
}

async function optionsOf(given: Arguments, root: string): Promise<Options> {
  const flags = new Map(given.given);
  if (given.operands.length > 0) flags.set('paths', given.operands);
  const path = String(flags.get('config') ?? '.migration-gate.yml');
  const text = await readFile(join(root, path), 'utf8').catch(() => null);
  if (text === null && flags.has('config')) throw new Expected(`${path} cannot be read`);
  return loadOptions({
    inputs: new Map(),
    flags,
    file: text === null ? null : { path, text },
    ruleIds: [...rules.map(rule => rule.id), ...PROOF_IDS],
  });
}

/** Loaded where there is a command to run. */
async function printing({ 'sql-command': command }: Options, root: string): Promise<Pick<Input, 'print'>> {
  return command === null ? {} : { print: (await import('./repo/sql-command.ts')).sqlCommand(root, command) };
}

async function textBeforeBase({ base }: Arguments, root: string, path: string): Promise<string | null> {
  const { textBefore } = await import('./repo/text-before.ts');
  const { defaultBase } = await import('./repo/default-base.ts');
  const from = base ?? (await defaultBase(root));
  return from === null ? null : textBefore(root, from, path);
}

async function changedOf({ changed, base }: Arguments, root: string): Promise<readonly ChangedFile[]> {
  if (changed.length > 0) return changed.map(path => ({ path: path.replace(/^\.\//, ''), status: 'modified' }));
  const { changedSince } = await import('./repo/changed.ts');
  const { defaultBase } = await import('./repo/default-base.ts');
  const from = base ?? (await defaultBase(root));
  if (from !== null) return changedSince(root, from);
  throw new Expected('what changed is not known: this is no git work tree with a default branch', {
    hint: 'Say --base REF, --changed FILE or --all.',
  });
}

async function put({ format, output, schema }: Arguments, report: Report): Promise<void> {
  const colour = output === null && process.stdout.isTTY && process.env.NO_COLOR === undefined;
  const text = render(report, format satisfies Format, { colour, schema, rules: [...rules, ...PROOF_TEXTS] });
  if (output === null) say(text);
  else await writeFile(output, text);
}

function progress(done: number, all: number): void {
  if (process.stderr.isTTY && all > 200 && (done % 100 === 0 || done === all))
    process.stderr.write(`\r${done} of ${all} files${done === all ? '\n' : ''}`);
}

function say(text: string, code = 0): number {
  process.stdout.write(text);
  return code;
}
