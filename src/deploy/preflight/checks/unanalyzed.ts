import { pass, unknown, type PreflightSpec } from '../check.ts';
import { counted } from '../words.ts';

export default {
  id: 'unanalyzed',
  ifUnknown: 'could-not-judge',
  run: ({ pending: { analyzed }, steps }) => {
    const spots = analyzed.flatMap(one => one.blindSpots).filter(({ kind }) => kind !== 'unproven');
    if (analyzed.length === 0) return pass('No migration is pending.');
    if (spots.length === 0)
      return pass(
        `${counted(steps.length, 'statement')} of ${counted(analyzed.length, 'pending migration')} were analyzed.`,
      );
    return unknown(`${counted(spots.length, 'place')} in pending migrations could not be analyzed.`, {
      objects: spots.map(({ span, because }) => (span === null ? because : `${span.file}:${span.line}: ${because}`)),
      hint: 'Check these places by hand, then set preflight: { unanalyzed: warn }.',
    });
  },
} satisfies PreflightSpec;
