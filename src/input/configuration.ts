import { lstatSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadOptions, type Sources } from '../config/load.ts';
import { OPTIONS, type Options } from '../config/options.ts';
import { UserError } from '../model/errors.ts';
import { findingIds } from '../findings/registry.ts';
import { textIn, type Repo } from '../model/framework.ts';
import { decode } from '../repo/decode.ts';
import { fromTop, type Start } from '../repo/start.ts';

/** A configuration file that the change adds, edits or removes, and that does not hold before the merge. */
interface Proposal {
  readonly path: string;
  /** What it would say; null where it cannot be read, for the reason given. */
  readonly options: Options | null;
  readonly problem: string | null;
}

export interface LoadedConfiguration {
  readonly options: Options;
  readonly proposal: Proposal | null;
}

type GivenSources = Pick<Sources, 'inputs' | 'flags'>;

/**
 * What was asked for by inputs, flags and the configuration file: that of the folder of the start, else that of the top.
 * The file is read from the base where that is known, since whoever writes the change could otherwise decide how it is
 * checked; `config-from: head`, in the base's file or as a flag, says otherwise. Paths are relative to where they are
 * written.
 * @throws UserError with every problem at once
 */
export async function loadConfiguration(
  start: Start,
  sources: GivenSources,
  { repo, base = null }: { readonly repo: Repo; readonly base?: Repo | null },
): Promise<LoadedConfiguration> {
  const configOption = sources.flags.get('config') ?? sources.inputs.get('config');
  const written = String(configOption ?? OPTIONS.config.default);
  const places = [fromTop(start, written), ...(configOption === undefined ? [written] : [])];
  const [inHead, before] = [await firstOf(places, repo), base && (await firstOf(places, base))];
  const load = async (file: File | null): Promise<Options> => {
    const isBelow = file !== null && start.below !== '' && file.path.startsWith(`${start.below}/`);
    const place = {
      file: (glob: string) => fromTop(isBelow ? start : { ...start, below: '' }, glob),
      flag: (glob: string) => fromTop(start, glob),
    };
    return await loadOptions({ ...sources, file, ruleIds: findingIds, place });
  };
  // What git does not hold, no change can bring.
  const head = inHead ?? (before === null ? onDisk(start, places, configOption === undefined ? null : written) : null);
  if (head === null && before === null && configOption !== undefined)
    throw new UserError(`config: file ${JSON.stringify(written)} does not exist or cannot be read.`);
  if (base === null || (head?.text === before?.text && head?.path === before?.path))
    return { options: await load(head), proposal: null };
  if (inHead === null && before === null) return { options: await load(head), proposal: null };
  const options = await load(before);
  if (options['config-from'] === 'head') return { options: await load(head), proposal: null };
  const { path } = head ?? before ?? { path: written };
  const proposed = await load(head).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  const proposal =
    proposed instanceof UserError
      ? { path, options: null, problem: proposed.message }
      : { path, options: proposed, problem: null };
  return { options, proposal };
}

interface File {
  readonly path: string;
  readonly text: string;
}

async function firstOf(paths: readonly string[], repo: Repo): Promise<File | null> {
  for (const path of paths) {
    const text = await textIn(repo, path);
    if (text !== null) return { path, text };
  }
  return null;
}

/** A link could lead out of the checkout; a file that the caller names may lie anywhere. */
function onDisk({ top, below }: Start, paths: readonly string[], configPath: string | null): File | null {
  const files =
    configPath === null
      ? paths.map(path => [path, join(top, path)] as const)
      : [[configPath, resolve(top, below, configPath)] as const];
  for (const [path, full] of files)
    try {
      if (lstatSync(full).isFile()) return { path, text: decode(readFileSync(full), path) };
    } catch (error) {
      if (error instanceof UserError) throw error;
      // It is not there.
    }
  return null;
}
