import { keyOf } from '../../../model/schema.ts';
import { lockModeFromPgLocks } from '../../../model/lock.ts';
import type { LockFacts } from '../facts.ts';
import { block, MONITOR, pass, unknown, unreadPart, warn, type PreflightSpec } from '../check.ts';
import { counted, quotedName } from '../words.ts';

const isVacuumLock = ({ mode, granted }: LockFacts): boolean =>
  granted && lockModeFromPgLocks(mode) === 'SHARE UPDATE EXCLUSIVE';

/** An autovacuum that prevents wraparound does not end itself for others, as any other does (manual, 25.1.6). */
export default {
  id: 'wraparound-vacuum',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { locks, tables, server }, touched }) => {
    const unread = unreadPart(locks, 'Locks') ?? unreadPart(tables, 'Ages of tables');
    if (unread) return unread;
    const isTouched = (one: { readonly schema: string; readonly name: string }): boolean =>
      touched.some(({ key }) => key === keyOf(one));
    const running = locks.rows.filter(lock => lock.wraparound && isTouched(lock) && isVacuumLock(lock));
    if (running.length > 0)
      return block(
        `Autovacuum to prevent wraparound is running on ${counted(running.length, 'table')} of pending migrations, and does not give way.`,
        {
          objects: running.map(lock => `pid ${lock.pid ?? '?'}: ${quotedName(lock)}`),
          hint: 'Wait until it ends (pg_stat_progress_vacuum).',
        },
      );
    const due = tables.rows.filter(
      table => isTouched(table) && table.age >= Math.min(server.freezeAge, table.freezeAge ?? Infinity),
    );
    const hidden = locks.rows.filter(
      lock => lock.hidden && isVacuumLock(lock) && due.some(one => keyOf(one) === keyOf(lock)),
    );
    if (hidden.length > 0)
      return unknown(
        'A session holds SHARE UPDATE EXCLUSIVE on a table that needs a vacuum to prevent wraparound, and is hidden.',
        {
          objects: hidden.map(quotedName),
          hint: MONITOR,
        },
      );
    if (due.length > 0)
      return warn(`Autovacuum to prevent wraparound is due on ${counted(due.length, 'table')} of pending migrations.`, {
        objects: due.map(table => `${quotedName(table)}: ${table.age.toLocaleString('en-US')} transactions old`),
        hint: 'Run VACUUM (FREEZE) on the table before the deploy.',
      });
    return pass('No autovacuum to prevent wraparound is running or due on a table of a pending migration.');
  },
} satisfies PreflightSpec;
