import { localChange } from './input/local-change.ts';
import { expectFolder } from './input/command-line/report-file.ts';
import { commands } from './input/user-commands.ts';
import { readArguments, type Arguments } from './config/flags.ts';
import { UserError, formatError } from './model/errors.ts';
import { appliedBy } from './deploy/lazy.ts';
import { explain } from './findings/explain.ts';
import { progressLine, type Progress } from './input/command-line/progress.ts';
import { putReport } from './input/command-line/put-report.ts';
import { showHelp, wantsHelp } from './input/command-line/show-help.ts';
import { loadConfiguration } from './input/configuration.ts';
import { changedConfiguration } from './input/proposal.ts';
import { findingKinds } from './findings/registry.ts';
import type { Report } from './model/report.ts';
import { quiet } from './render/quiet.ts';
import { startOf } from './repo/start.ts';
import { run } from './run.ts';
import { loadParser } from './sql/parse.ts';
import { VERSION } from './version.ts';

const HINT = 'Commands: check, deploy, history, explain, help.';
quiet();
try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(`migration-gate: ${formatError(error)}\n`);
}

async function main(args: Arguments): Promise<number> {
  if (args.version) return say(`${VERSION}\n`);
  if (wantsHelp(args)) return await showHelp(args);
  if (args.command === 'explain') return say(explain(args.operands, findingKinds));
  if (args.command === 'deploy' || args.command === 'history')
    return await (await import('./deploy/command.ts')).onHistory(args, VERSION);
  if (args.command !== 'check') throw new UserError(`Unknown command: "${args.command ?? ''}".`, { hint: HINT });
  if (args.output !== null) await expectFolder(args.output);
  const line = progressLine();
  return await putReport(await check(args, line.progress).finally(line.end), args);
}

async function check(args: Arguments, progress: Progress): Promise<Report> {
  progress('Reading the changes');
  void loadParser(); // Compiles beside what follows, which waits for git and the disk.
  const start = await startOf(process.cwd());
  const flags = args.operands.length > 0 ? new Map([...args.options, ['paths', args.operands]] as const) : args.options;
  const change = { ...(await localChange(args, start)), mode: args.all ? 'audit' : 'pull-request' } as const;
  const configuration = await loadConfiguration(start, { inputs: new Map(), flags }, change);
  const { options } = configuration;
  const requested = await commands(process.cwd(), options, { start });
  const also = await changedConfiguration(configuration, others => run({ ...change, options: others }));
  const applied = await appliedBy(options, { ...change, cwd: process.cwd(), top: start.top }, VERSION);
  return await run({ ...change, also, applied, commands: requested, options, progress });
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}
