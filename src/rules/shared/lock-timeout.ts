import type { Step } from '../../model/step.ts';

/** `0` and its spellings mean none. */
export const isWithoutLockTimeout = ({ settings }: Step): boolean =>
  !(parseInt(settings.get('lock_timeout') ?? '0') > 0);
