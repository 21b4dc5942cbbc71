import { pass, unreadPart, warn, type PreflightSpec } from '../check.ts';
import { counted, sizeText } from '../words.ts';

/** A slot that nobody reads keeps all WAL since then: a rewrite may fill the disk. */
export default {
  id: 'replication-slots',
  ifUnknown: 'warn',
  run: ({ facts: { slots }, limits }) => {
    const unread = unreadPart(slots, 'Replication slots');
    if (unread) return unread;
    const lasting = slots.rows.filter(({ temporary }) => !temporary);
    const found = lasting.filter(
      ({ active, bytes, status }) =>
        !active || (bytes ?? 0) >= (limits['slot-lag'] ?? Infinity) || status === 'unreserved' || status === 'lost',
    );
    if (found.length === 0)
      return pass(
        lasting.length === 0
          ? 'There is no replication slot.'
          : `${counted(lasting.length, 'replication slot')}, read up to date.`,
      );
    return warn(
      `${counted(found.length, 'replication slot')} inactive or behind. Each keeps the WAL that the migrations write.`,
      {
        objects: found.map(
          ({ name, type, active, bytes, status }) =>
            `${name} (${type}, ${active ? 'active' : 'inactive'}${status === null ? '' : `, WAL ${status}`}): ${sizeText(Math.max(0, bytes ?? 0))} behind`,
        ),
        hint: 'Let the consumer catch up, or drop the slot if nobody needs it: SELECT pg_drop_replication_slot(name).',
      },
    );
  },
} satisfies PreflightSpec;
