import type { BlindSpot } from '../model/report.ts';
import { onLine, type Migration } from '../model/source.ts';
import type { Step } from '../model/step.ts';

/** What of a migration was not seen, so that silence about it shows nothing. */
export function blindSpots(migration: Migration, steps: readonly Step[]): BlindSpot[] {
  const unreadSpots = migration.unread.map(({ line, because }): BlindSpot => {
    return { span: onLine(migration.file, line), because, kind: 'unread' };
  });
  const unknown = steps.flatMap(({ statement, changes }): BlindSpot[] => {
    // A loop may come by the same one many times.
    const reasons = new Map(changes.flatMap(change => (change.kind === 'opaque' ? [[change.because, change]] : [])));
    return [...reasons.values()].map(change => ({
      span: statement.span,
      because: change.because,
      kind: statement.unread || change.unread ? 'unread' : kindOf(statement.node === null, change.dynamic),
    }));
  });
  return [...unreadSpots, ...unknown];
}

const kindOf = (unparsed: boolean, dynamic: boolean): BlindSpot['kind'] =>
  unparsed ? 'syntax' : dynamic ? 'dynamic' : 'opaque';
