import type { MigrationState, MigrationStateName, NextStep } from '../../model/deploy-report.ts';
import type { Reaction } from '../../frameworks/shared/reactions.ts';
import type { Entry, FileMigration, HistoryTool } from '../tool.ts';

/** The files and the rows of one history table. */
export interface Sides {
  readonly tool: HistoryTool;
  readonly files: readonly FileMigration[];
  readonly entries: readonly Entry[];
}

export interface Compared {
  readonly states: readonly MigrationState[];
  /** How the texts were compared; null if no row has a checksum that can be compared. */
  readonly checksum: string | null;
  readonly notes: readonly string[];
}

interface Reason {
  readonly because: string;
  readonly recordedAs?: string;
}

export const ofFile = (
  { tool }: Sides,
  { id, file }: FileMigration,
  [state, next, at = null]: readonly [MigrationStateName, NextStep, (string | null)?],
  { because, recordedAs }: Reason,
): MigrationState => ({
  id,
  file,
  tool: tool.id,
  state,
  next,
  because,
  appliedAt: at,
  recordedAs: recordedAs ?? null,
});

export const withoutFile = (
  { tool }: Sides,
  { name, at }: Entry,
  [state, next]: readonly [MigrationStateName, NextStep],
  because: string,
): MigrationState => ({
  ...{ id: name, file: null, tool: tool.id, state, next, because },
  ...{ appliedAt: at, recordedAs: null },
});

/** The end of a sentence: what the tool does. */
export function effectOf([next, message]: Reaction<NextStep>): string {
  return next === 'refuse' && message !== undefined ? `the tool refuses to run: "${message}"` : DOES[next];
}

const DOES: Readonly<Record<NextStep, string>> = {
  nothing: 'the tool does not look at it',
  apply: 'the tool applies it',
  'apply late': 'the tool applies it after them',
  'skip saying ok': 'the tool never applies it, and reports success',
  refuse: 'the tool refuses to run',
  'run twice': 'the tool applies it a second time',
  'not reached': 'the tool does not get to it',
};
