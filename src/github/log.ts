import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';

/** Text that may hold lines of a pull request: the runner is told to obey no command in it. */
export function log(text: string): void {
  const token = randomUUID();
  core.info(`::stop-commands::${token}\n${text.trimEnd()}\n::${token}::`);
}

/** Fails the step, with one annotation. */
export const fail = (message: string): void => core.setFailed(message.slice(0, 4000).replaceAll('##[', '##\u200b['));

/** The inputs given, by name; the runner sets those not given to nothing. */
export const readInputs = (names: readonly string[]): Map<string, string> =>
  new Map(names.map(name => [name, core.getInput(name)] as const).filter(([, value]) => value !== ''));

/** The token appears in no log, whatever prints it. */
export const hide = (secret: string): void => core.setSecret(secret);
