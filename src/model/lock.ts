/** Table-level lock modes, weakest first, spelled as in the manual (13.3.1). */
export const LOCK_MODES = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/** Table 13.2 of the manual, one character per mode in the order above; symmetric. */
const CONFLICTS: Readonly<Record<LockMode, string>> = {
  'ACCESS SHARE': '.......x',
  'ROW SHARE': '......xx',
  'ROW EXCLUSIVE': '....xxxx',
  'SHARE UPDATE EXCLUSIVE': '...xxxxx',
  SHARE: '..xx.xxx',
  'SHARE ROW EXCLUSIVE': '..xxxxxx',
  EXCLUSIVE: '.xxxxxxx',
  'ACCESS EXCLUSIVE': 'xxxxxxxx',
};

const rank = (mode: LockMode): number => LOCK_MODES.indexOf(mode);

/** Must a session that asks for `a` wait for one that holds `b`? */
export const conflicts = (a: LockMode, b: LockMode): boolean => CONFLICTS[a][rank(b)] === 'x';
/** SELECT takes ACCESS SHARE. */
export const blocksReads = (mode: LockMode): boolean => conflicts(mode, 'ACCESS SHARE');
/** INSERT, UPDATE, DELETE and MERGE take ROW EXCLUSIVE. */
export const blocksWrites = (mode: LockMode): boolean => conflicts(mode, 'ROW EXCLUSIVE');
export const stronger = (a: LockMode, b: LockMode): LockMode => (rank(a) >= rank(b) ? a : b);

/** What the application can no longer do while the mode is held, as a reviewer would say it. */
export const blocked = (mode: LockMode): 'reads and writes' | 'writes' | 'nothing' =>
  blocksReads(mode) ? 'reads and writes' : blocksWrites(mode) ? 'writes' : 'nothing';

/** `AccessExclusiveLock`, as pg_locks spells it, to `ACCESS EXCLUSIVE`. */
export function lockModeFromPgLocks(mode: string): LockMode {
  const spelled = mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  const found = LOCK_MODES.find(lockMode => lockMode === spelled);
  if (found === undefined) throw new Error(`pg_locks reports a lock mode that is not in the manual: ${mode}`);
  return found;
}
