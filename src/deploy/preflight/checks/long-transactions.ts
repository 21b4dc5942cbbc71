import { conflicts, lockModeFromPgLocks } from '../../../model/lock.ts';
import { keyOf } from '../../../model/schema.ts';
import type { LockFacts, SessionFacts } from '../facts.ts';
import { block, MONITOR, pass, unknown, unreadPart, type Inspection, type PreflightSpec } from '../check.ts';
import { counted, quotedName, secondsText } from '../words.ts';

const WHY = 'Pending migrations wait for them, and queries queue behind the migration.';

interface Found {
  readonly session: SessionFacts;
  readonly text: string;
}

export default {
  id: 'long-transactions',
  ifUnknown: 'could-not-judge',
  run: at => {
    const { facts, touched, limits } = at;
    const unread = unreadPart(facts.locks, 'Locks') ?? unreadPart(facts.snapshots, 'Sessions');
    if (unread) return unread;
    if (touched.length === 0) return pass('No pending migration locks a table that is in use.');
    const found = [...holding(at), ...olderSnapshots(at)];
    const most = limits['transaction-age'] ?? Infinity;
    const old = found.filter(({ session }) => (session.seconds ?? 0) >= most);
    if (old.length > 0)
      return block(
        `${counted(old.length, 'transaction')} open for more than ${secondsText(most)} on tables of pending migrations. ${WHY}`,
        {
          objects: old.map(({ text }) => text),
          hint: 'Wait until they end, or end them: SELECT pg_terminate_backend(pid).',
        },
      );
    const hidden = found.filter(({ session }) => session.hidden);
    if (hidden.length > 0)
      return unknown('Sessions of other roles hold locks on tables of pending migrations, and their age is hidden.', {
        objects: hidden.map(({ text }) => text),
        hint: MONITOR,
      });
    return pass(`No transaction of more than ${secondsText(most)} is in the way of a pending migration.`);
  },
} satisfies PreflightSpec;

/** Those whose lock a pending statement has to wait for. */
const holding = ({ facts, touched }: Inspection): Found[] =>
  facts.locks.rows.flatMap((lock: LockFacts): Found[] => {
    if (!lock.granted || lock.gid !== null || lock.wraparound) return [];
    const one = touched.find(({ key }) => key === keyOf(lock));
    const mode = lockModeFromPgLocks(lock.mode);
    if (one === undefined || !conflicts(one.mode, mode)) return [];
    return [{ session: lock, text: `${sessionText(lock)}: ${mode} on ${quotedName(lock)}` }];
  });

/** CONCURRENTLY waits for every older snapshot of the database, whatever it reads. */
const olderSnapshots = ({ facts, touched }: Inspection): Found[] =>
  touched.some(({ waits }) => waits)
    ? facts.snapshots.rows.map(session => ({
        session,
        text: `${sessionText(session)}: a snapshot that CONCURRENTLY waits for`,
      }))
    : [];

export const sessionText = ({ pid, state, seconds, user }: SessionFacts): string =>
  `pid ${pid ?? '?'} (${[user, state, seconds === null ? null : secondsText(seconds)].filter(one => one !== null).join(', ')})`;
