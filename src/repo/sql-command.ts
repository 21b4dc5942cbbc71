import { Expected } from '../errors.ts';
import type { Migration } from '../model/source.ts';

/** What of a migration a command may name, by placeholder. */
type Placeholders = Readonly<
  Record<'file' | 'directory' | 'app' | 'migration' | 'version' | 'id' | 'previous', string>
>;

/** A framework starts in seconds. */
const LIMIT = 120_000;

/**
 * What the runner gives to a step and no other program needs: inputs and tokens, and the files by which a step sets its
 * outputs and changes the steps after it.
 */
const WITHHELD = /^(INPUT_|ACTIONS_|GITHUB_(TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$|GH_TOKEN$)/i;

/**
 * Runs `command` in the checkout, once for each migration, and answers with what it prints. There is no shell: words are
 * told apart here, before placeholders are filled, so that no name can add a word or be more than a word.
 * @throws Expected when the command cannot be run, fails, or takes too long
 */
export function sqlCommand(
  root: string,
  command: string,
  milliseconds = LIMIT,
): (migration: Migration, previous: string) => Promise<string> {
  const words = wordsOf(command);
  if (words[0] === undefined || words[0].includes('{'))
    throw new Expected('sql-command must begin with the name of a program.');
  return async (migration, previous) => {
    const given = placeholders(migration, previous);
    const { code, stdout, stderr } = await limited(
      root,
      words.map(word => filled(word, given)),
      milliseconds,
    );
    if (code === 0) return stdout;
    const what = code === 124 ? `took longer than ${milliseconds / 1000} seconds` : `ended with status ${code}`;
    throw new Expected(`sql-command ${what} on ${migration.file}: ${command}`, {
      hint: stderr.trim().split('\n').slice(-10).join('\n').slice(-1500) || 'It printed no error.',
      span: { file: migration.file, line: 1, endLine: 1 },
    });
  };
}

/** Words between spaces; quotes, single or double, hold one together. */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g))
    words.push(word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
  if (/["']/.test(command.replace(/"[^"]*"|'[^']*'/g, '')))
    throw new Expected('sql-command has a quote that is not closed.');
  return words;
}

function placeholders({ file, id }: Migration, previous: string): Placeholders {
  const folders = file.split('/');
  const name = (folders.pop() ?? '').replace(/\.\w+$/, '');
  const version = /^\d+/.exec(name)?.[0] ?? '';
  return {
    file,
    directory: folders.join('/') || '.',
    app: folders.at(-2) ?? '',
    migration: name,
    version,
    id,
    previous,
  };
}

function filled(word: string, given: Placeholders): string {
  const text = word.replace(/\{(\w+)\}/g, (mark, name: string) => {
    return Object.hasOwn(given, name) ? given[name as keyof Placeholders] : mark;
  });
  // A name that the pull request chose must not become an option.
  if (text.startsWith('-') && !word.startsWith('-'))
    throw new Expected(`${JSON.stringify(text)} begins with a dash, and would be an option of sql-command.`);
  return text;
}

/**
 * @actions/exec neither limits the time of a program nor tells its process, so it runs this, which does: what the program
 * has started ends with it. 124 is the status of coreutils' `timeout`.
 */
const LIMITED = `
const [limit, program, ...args] = process.argv.slice(1);
const group = process.platform !== 'win32';
const child = require('node:child_process').spawn(program, args, { stdio: 'inherit', detached: group });
child.on('error', error => { console.error(error.message); process.exit(127); });
child.on('exit', code => process.exit(code ?? 1));
setTimeout(() => { group ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL'); process.exit(124); }, Number(limit));
`;

async function limited(
  root: string,
  words: readonly string[],
  milliseconds: number,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { exec } = await import('@actions/exec');
  const out: Buffer[] = [];
  const said: Buffer[] = [];
  const code = await exec(`"${process.execPath}"`, ['-e', LIMITED, '--', String(milliseconds), ...words], {
    cwd: root,
    silent: true,
    ignoreReturnCode: true,
    env: environment(),
    listeners: { stdout: data => void out.push(data), stderr: data => void said.push(data) },
  });
  return { code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(said).toString('utf8') };
}

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || WITHHELD.test(name) ? [] : [[name, value]],
    ),
  );
