import type { Applied } from '../model/applied.ts';
import type { Commands } from '../model/commands.ts';
import type { Options } from '../config/options.ts';
import type { Repo } from '../model/framework.ts';
import type { Mode } from '../model/analyzed-migration.ts';
import type { ChangedFile } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';

/** What a run is asked to check. */
export interface Input {
  readonly repo: Repo;
  /** What the pull request touched; of no meaning in an audit. */
  readonly changed: readonly ChangedFile[];
  /** Files that the user named as the change. */
  readonly files?: readonly string[];
  /** The folder that is checked; empty for all. */
  readonly below?: string;
  readonly options: Options;
  readonly mode: Mode;
  /** The files before the change; null where they are not known, and in an audit. */
  readonly base?: Repo | null;
  /** Which merged migrations are applied where; null where no history was given. */
  readonly applied?: Applied | null;
  /** Of the repository; none unless the options name some. */
  readonly commands?: Commands;
  /** What the entry points have found. */
  readonly also?: readonly RawFinding[];
  /** Somebody other than its author has approved the change. */
  readonly approved?: boolean;
  /** Called as the run goes on, for whoever watches it. */
  readonly progress?: (stage: string, done?: number, all?: number) => void;
}
