import { changeHere } from './input/local-change.ts';
import { expectFolder, writeReport } from './input/command-line/report-file.ts';
import { commands } from './input/user-commands.ts';
import { progress } from './input/command-line/progress.ts';
import { readArguments, type Arguments, type Format } from './config/flags.ts';
import { help } from './config/help.ts';
import { Expected, told } from './model/errors.ts';
import { explain } from './findings/explain.ts';
import { configured } from './input/configuration.ts';
import { ofProposal } from './input/proposal.ts';
import { findingKinds } from './findings/registry.ts';
import type { Report } from './model/report.ts';
import { quiet } from './render/quiet.ts';
import { render } from './render/render.ts';
import { startOf } from './repo/start.ts';
import { run } from './run.ts';
import { loadParser } from './sql/parse.ts';
import { VERSION } from './version.ts';

quiet();
try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(`migration-gate: ${told(error)}\n`);
}

async function main(given: Arguments): Promise<number> {
  if (given.version) return say(`${VERSION}\n`);
  if (given.help || given.command === null) return say(help(), given.help ? 0 : 2);
  if (given.command === 'explain') return say(explain(given.operands, findingKinds));
  if (given.command !== 'check')
    throw new Expected(`"${given.command}" is not a command`, { hint: 'It is check or explain.' });
  if (given.output !== null) await expectFolder(given.output);
  // Compiles beside what follows, which waits for git and the disk.
  void loadParser();
  const here = process.cwd();
  const start = await startOf(here);
  const flags = given.operands.length > 0 ? new Map([...given.given, ['paths', given.operands]] as const) : given.given;
  const change = { ...(await changeHere(given, start)), mode: given.all ? 'audit' : 'pull-request' } as const;
  const configuration = await configured(start, { inputs: new Map(), flags }, change);
  const { options } = configuration;
  const asked = await commands(here, options, { start });
  const also = await ofProposal(configuration, others => run({ ...change, options: others }));
  return await put(given, await run({ ...change, also, commands: asked, options, progress }));
}

async function put({ format, output, schema }: Arguments, report: Report): Promise<number> {
  const colour = output === null && process.stdout.isTTY && process.env.NO_COLOR === undefined;
  const text = render(report, format satisfies Format, { colour, schema, kinds: findingKinds });
  if (output === null) say(text);
  else await writeReport(output, text);
  return report.conclusion === 'fail' ? 1 : 0;
}

function say(text: string, code = 0): number {
  process.stdout.write(text);
  return code;
}
