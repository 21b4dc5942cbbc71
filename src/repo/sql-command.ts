import { UserError } from '../model/errors.ts';
import { onLine, type Migration } from '../model/source.ts';
import { environment, limited, wordsOf } from './limited.ts';

/** What of a migration a command may name, by placeholder. */
type Placeholders = Readonly<
  Record<'file' | 'directory' | 'app' | 'migration' | 'version' | 'id' | 'previous', string>
>;

/** A framework starts in seconds. */
const LIMIT = 120_000;

/**
 * Runs `command` in the checkout, once for each migration, and answers with what it prints. There is no shell: words are
 * told apart here, before placeholders are filled, so that no name can add a word or be more than a word.
 * @throws UserError when the command cannot be run, fails, or takes too long
 */
export function sqlCommand(
  root: string,
  command: string,
  milliseconds = LIMIT,
): (migration: Migration, previous: string) => Promise<string> {
  const words = wordsOf(command, 'sql-command');
  return async (migration, previous) => {
    const values = placeholders(migration, previous);
    const { code, stdout, stderr } = await limited(
      root,
      words.map(word => filled(word, values)),
      { milliseconds, env: environment() },
    );
    if (code === 0) return stdout;
    const what = code === 124 ? `took longer than ${milliseconds / 1000} seconds` : `exited with status ${code}`;
    throw new UserError(`${migration.file}: sql-command ${what}: ${command}`, {
      hint: stderr.trim().split('\n').slice(-10).join('\n').slice(-1500) || 'The command printed no error.',
      span: onLine(migration.file),
    });
  };
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

function filled(word: string, values: Placeholders): string {
  const text = word.replace(/\{(\w+)\}/g, (mark, name: string) => {
    return Object.hasOwn(values, name) ? values[name as keyof Placeholders] : mark;
  });
  // A name that the pull request chose must not become an option.
  if (text.startsWith('-') && !word.startsWith('-'))
    throw new UserError(
      `sql-command: ${JSON.stringify(text)} starts with a dash, so the command would take it for an option. Rename the migration.`,
    );
  return text;
}
