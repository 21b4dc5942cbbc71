import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOptions, type Sources } from '../config/load.ts';
import { OPTIONS, type Options } from '../config/options.ts';
import { Expected } from '../errors.ts';
import { findingIds } from '../findings/registry.ts';
import { textIn, type Repo } from '../framework.ts';

/** A configuration file that the change adds, edits or removes, and that does not hold before the merge. */
export interface Proposal {
  readonly path: string;
  /** What it would say; null where it cannot be read, for the reason given. */
  readonly options: Options | null;
  readonly problem: string | null;
}

export interface Configured {
  readonly options: Options;
  readonly proposal: Proposal | null;
}

type Given = Pick<Sources, 'inputs' | 'flags'>;

/**
 * What was asked for by inputs, flags and the configuration file. The file is read from the base where that is known,
 * since whoever writes the change could otherwise decide how it is judged; `config-from: head`, in the base's file or as a
 * flag, says otherwise.
 * @throws Expected with every problem at once
 */
export async function configured(
  root: string,
  given: Given,
  { repo, base = null }: { readonly repo: Repo; readonly base?: Repo | null },
): Promise<Configured> {
  const path = String(given.flags.get('config') ?? given.inputs.get('config') ?? OPTIONS.config.default);
  const [head, before] = [await textIn(repo, path), base && (await textIn(base, path))];
  const load = async (text: string | null): Promise<Options> =>
    await loadOptions({ ...given, file: text === null ? null : { path, text }, ruleIds: findingIds });
  // What git does not hold, no change can bring.
  const current = head ?? (before === null ? onDisk(root, path) : null);
  if (current === null && before === null && path !== OPTIONS.config.default)
    throw new Expected(`The configuration file ${JSON.stringify(path)} cannot be read.`);
  if (base === null || head === before) return { options: await load(current), proposal: null };
  const options = await load(before);
  if (options['config-from'] === 'head') return { options: await load(head), proposal: null };
  const proposed = await load(head).catch((error: unknown) => {
    if (error instanceof Expected) return error;
    throw error;
  });
  const proposal =
    proposed instanceof Expected
      ? { path, options: null, problem: proposed.message }
      : { path, options: proposed, problem: null };
  return { options, proposal };
}

/** A link could lead out of the checkout. */
function onDisk(root: string, path: string): string | null {
  try {
    const full = join(root, path);
    return lstatSync(full).isFile() ? readFileSync(full, 'utf8') : null;
  } catch {
    return null;
  }
}
