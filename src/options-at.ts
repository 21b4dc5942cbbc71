import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOptions, type Sources } from './config/load.ts';
import { OPTIONS, type Options } from './config/options.ts';
import { Expected } from './errors.ts';
import { knownIds } from './known.ts';
import { fromTop, type Start } from './repo/start.ts';

/**
 * What was asked for at a door, and in the configuration file of the checkout that it names: that of the folder `root`,
 * else that of the top. Paths are relative to where they are written.
 */
export async function optionsAt(
  root: string,
  { inputs, flags }: Pick<Sources, 'inputs' | 'flags'>,
  start: Start = { top: root, below: '' },
): Promise<Options> {
  const named = flags.get('config') ?? inputs.get('config');
  const path = String(named ?? OPTIONS.config.default);
  const here = await readFile(join(root, path), 'utf8').catch(() => null);
  const text = here ?? (named === undefined ? await readFile(join(start.top, path), 'utf8').catch(() => null) : null);
  if (text === null && path !== OPTIONS.config.default)
    throw new Expected(`The configuration file ${JSON.stringify(path)} cannot be read.`);
  const atTop = { top: start.top, below: '' };
  const place = {
    file: (glob: string) => fromTop(here === null ? atTop : start, glob),
    flag: (glob: string) => fromTop(start, glob),
  };
  return await loadOptions({ inputs, flags, file: text === null ? null : { path, text }, ruleIds: knownIds, place });
}
