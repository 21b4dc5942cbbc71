import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';
import { UserError } from '../model/errors.ts';
import { withoutCommands, visible } from '../model/visible.ts';

/** Text that may hold lines of a pull request: the runner is made to obey no command in it. */
export function log(text: string): void {
  const token = randomUUID();
  core.info(`::stop-commands::${token}\n${text.trimEnd()}\n::${token}::`);
}

/** Fails the step, with one annotation. */
export const fail = (message: string): void => core.setFailed(withoutCommands(visible(message).slice(0, 4000)));

/** The same for an error: one that the user can mend, or a bug. */
export function failFor(error: unknown): void {
  if (error instanceof UserError)
    fail(`Migration Gate could not check this change: ${error.message}${error.hint === null ? '' : `\n${error.hint}`}`);
  else {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    fail(`Bug in Migration Gate, please report it: ${what}`);
  }
}

/** The inputs given, by name; the runner sets those not given to nothing. Secrets among them appear in no log. */
export function readInputs(names: readonly string[]): Map<string, string> {
  const inputs = names.map(name => [name, core.getInput(name)] as const).filter(([, value]) => value !== '');
  for (const [name, value] of inputs) for (const secret of secretsOf(name, value)) core.setSecret(secret);
  return new Map(inputs);
}

/** Hides an address of a database in every log of the job: the whole of it, and the password as it is and decoded. */
export function mask(url: string): void {
  for (const secret of [url, ...secretsOf('', url)]) core.setSecret(secret);
}

/** The token, and an address's password: GitHub masks what a secret holds, and an address may write it otherwise. */
function secretsOf(name: string, value: string): string[] {
  if (name === 'github-token') return [value];
  const password = URL.canParse(value) ? new URL(value).password : '';
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
