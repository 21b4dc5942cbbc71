import { conflicts, lockModeFromPgLocks } from '../../../model/lock.ts';
import { keyOf } from '../../../model/schema.ts';
import { block, pass, unreadPart, warn, type PreflightSpec } from '../check.ts';
import { counted, quotedName, secondsText } from '../words.ts';

/** A prepared transaction keeps its locks without a session, and after a restart. */
export default {
  id: 'prepared-transactions',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { locks, prepared }, touched, limits }) => {
    const unread = unreadPart(locks, 'Locks') ?? unreadPart(prepared, 'Prepared transactions');
    if (unread) return unread;
    const held = locks.rows.filter(
      ({ gid, mode, ...lock }) =>
        gid !== null && touched.some(one => one.key === keyOf(lock) && conflicts(one.mode, lockModeFromPgLocks(mode))),
    );
    if (held.length > 0)
      return block(
        `${counted(held.length, 'lock')} of prepared transactions are on tables of pending migrations. Nothing but a decision ends them.`,
        {
          objects: held.map(lock => `'${lock.gid ?? ''}': ${lockModeFromPgLocks(lock.mode)} on ${quotedName(lock)}`),
          hint: "Decide each with COMMIT PREPARED or ROLLBACK PREPARED 'gid'.",
        },
      );
    const old = prepared.rows.filter(({ seconds }) => seconds >= (limits['prepared-age'] ?? Infinity));
    if (old.length > 0)
      return warn(`${counted(old.length, 'prepared transaction')} of the database are old. They hold back VACUUM.`, {
        objects: old.map(({ gid, seconds, user }) => `'${gid}' (${user}, ${secondsText(seconds)})`),
        hint: "Decide each with COMMIT PREPARED or ROLLBACK PREPARED 'gid'.",
      });
    return pass('No prepared transaction is in the way.');
  },
} satisfies PreflightSpec;
