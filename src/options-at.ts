import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOptions, type Sources } from './config/load.ts';
import { OPTIONS, type Options } from './config/options.ts';
import { Expected } from './errors.ts';
import { findingIds } from './findings/registry.ts';

/** What was asked for at a door, and in the configuration file of the checkout that it names. */
export async function optionsAt(root: string, { inputs, flags }: Pick<Sources, 'inputs' | 'flags'>): Promise<Options> {
  const named = flags.get('config') ?? inputs.get('config');
  const path = String(named ?? OPTIONS.config.default);
  const text = await readFile(join(root, path), 'utf8').catch(() => null);
  if (text === null && path !== OPTIONS.config.default)
    throw new Expected(`The configuration file ${JSON.stringify(path)} cannot be read.`);
  return await loadOptions({ inputs, flags, file: text === null ? null : { path, text }, ruleIds: findingIds });
}
