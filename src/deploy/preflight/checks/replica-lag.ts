import { MONITOR, pass, unknown, unreadPart, warn, type PreflightSpec } from '../check.ts';
import { counted, secondsText, sizeText } from '../words.ts';

/** A rewrite writes the whole table to the WAL, which comes on top of the lag that is there. */
export default {
  id: 'replica-lag',
  ifUnknown: 'warn',
  run: ({ facts: { replicas }, limits }) => {
    const unread = unreadPart(replicas, 'Replicas');
    if (unread) return unread;
    if (replicas.rows.length === 0) return pass('No replica is connected.');
    if (replicas.rows.some(({ hidden }) => hidden))
      return unknown(`${counted(replicas.rows.length, 'replica')} connected, and their lag is hidden from the role.`, {
        hint: MONITOR,
      });
    const late = replicas.rows.filter(
      ({ seconds, bytes }) =>
        (seconds ?? 0) >= (limits['replica-lag'] ?? Infinity) || (bytes ?? 0) >= (limits['slot-lag'] ?? Infinity),
    );
    if (late.length === 0) return pass(`${counted(replicas.rows.length, 'replica')} connected, without lag.`);
    return warn(`${counted(late.length, 'replica')} behind. What the migrations write comes on top.`, {
      objects: late.map(
        ({ name, seconds, bytes, state, sync }) =>
          `${name} (${state ?? ''}, ${sync ?? ''}): ${seconds === null ? '' : `${secondsText(seconds)}, `}${sizeText(bytes ?? 0)} behind`,
      ),
      hint: 'Deploy when the replicas have caught up.',
    });
  },
} satisfies PreflightSpec;
