import { writeFile } from 'node:fs/promises';
import { changeHere } from './change-here.ts';
import { commands } from './commands.ts';
import { readArguments, type Arguments, type Format } from './config/flags.ts';
import { help } from './config/help.ts';
import { Expected, told } from './errors.ts';
import { explain } from './explain.ts';
import { knownTexts } from './known.ts';
import type { Report } from './model/report.ts';
import { optionsAt } from './options-at.ts';
import { quiet } from './render/quiet.ts';
import { render } from './render/render.ts';
import { rules } from './rules/index.ts';
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
  if (given.command === 'explain') return say(explain(given.operands[0] ?? '', rules));
  if (given.command !== 'check')
    throw new Expected(`"${given.command}" is not a command`, { hint: 'It is check or explain.' });
  // Compiles beside what follows, which waits for git and the disk.
  void loadParser();
  const root = process.cwd();
  const flags = given.operands.length > 0 ? new Map([...given.given, ['paths', given.operands]] as const) : given.given;
  const options = await optionsAt(root, { inputs: new Map(), flags });
  const asked = await commands(root, options);
  const change = { ...(await changeHere(given, root)), mode: given.all ? 'audit' : 'pull-request' } as const;
  const report = await run({ ...change, commands: asked, options, progress });
  return await put(given, report);
}

async function put({ format, output, schema }: Arguments, report: Report): Promise<number> {
  const colour = output === null && process.stdout.isTTY && process.env.NO_COLOR === undefined;
  const text = render(report, format satisfies Format, { colour, schema, rules: knownTexts });
  if (output === null) say(text);
  else await writeFile(output, text);
  return report.conclusion === 'fail' ? 1 : 0;
}

function progress(done: number, all: number): void {
  if (process.stderr.isTTY && all > 200 && (done % 100 === 0 || done === all))
    process.stderr.write(`\r${done} of ${all} files${done === all ? '\n' : ''}`);
}

function say(text: string, code = 0): number {
  process.stdout.write(text);
  return code;
}
