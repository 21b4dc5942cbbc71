import { lockModeFromPgLocks } from '../../../model/lock.ts';
import { keyOf } from '../../../model/schema.ts';
import { block, pass, unreadPart, type PreflightSpec } from '../check.ts';
import { counted, quotedName } from '../words.ts';
import { sessionText } from './long-transactions.ts';

export default {
  id: 'waiting-locks',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { locks }, touched }) => {
    const unread = unreadPart(locks, 'Locks');
    if (unread) return unread;
    const waiting = locks.rows.filter(lock => !lock.granted && touched.some(({ key }) => key === keyOf(lock)));
    if (waiting.length === 0) return pass('No session waits for a lock on a table of a pending migration.');
    return block(
      `${counted(waiting.length, 'session')} already wait for locks on tables of pending migrations, which would queue behind them.`,
      {
        objects: waiting.map(
          lock => `${sessionText(lock)}: waits for ${lockModeFromPgLocks(lock.mode)} on ${quotedName(lock)}`,
        ),
        hint: 'Find out whom they wait for (pg_blocking_pids), and deploy when the queue is gone.',
      },
    );
  },
} satisfies PreflightSpec;
