import { stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../model/errors.ts';

/** Asked before the run, which may take minutes. @throws UserError where `--output` cannot be a file */
export async function expectFolder(path: string): Promise<void> {
  const folder = dirname(path);
  const [above, itself] = await Promise.all([folder, path].map(one => stat(one).catch(() => null)));
  if (above?.isDirectory() !== true)
    throw new UserError(`--output: the directory ${JSON.stringify(folder)} does not exist.`, {
      hint: 'Create it, or use a file in an existing directory.',
    });
  if (itself?.isDirectory() === true)
    throw new UserError(`--output: ${JSON.stringify(path)} is a directory.`, { hint: 'Use a file in it.' });
}

/** Prints a text, or writes it to the file that `--output` names. @throws UserError where it cannot be written */
export async function putText(text: string, path: string | null): Promise<void> {
  if (path === null) process.stdout.write(text);
  else await writeReport(path, text);
}

async function writeReport(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw new UserError(`--output: cannot write ${JSON.stringify(path)} (${code}).`, {
      hint: 'Use a file that this user can write.',
      cause,
    });
  }
}
