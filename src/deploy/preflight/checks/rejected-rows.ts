import { keyOf } from '../../../model/schema.ts';
import { isVisible } from '../../../model/effect.ts';
import { pass, warn, type PreflightSpec } from '../check.ts';
import { counted, placeOf, quotedName } from '../words.ts';

/** Conditions on rows, which are not read. */
export default {
  id: 'rejected-rows',
  ifUnknown: 'warn',
  run: ({ steps, sizeOf }) => {
    const found = steps.flatMap(step =>
      step.costs.flatMap(cost => {
        if (cost.kind !== 'reject' || !isVisible(cost.relation)) return [];
        const size = sizeOf(keyOf(cost.relation));
        // 0 is an estimate before 14, and a count of an empty table after it.
        if (size?.rows === 0 && size.bytes === 0) return [];
        return [`${placeOf(step)}: fails if ${cost.if} (${quotedName(cost.relation)})`];
      }),
    );
    if (found.length === 0) return pass('No pending statement depends on the rows of a table.');
    return warn(
      `${counted(found.length, 'pending statement')} fail if existing rows violate a condition. Rows are not read.`,
      {
        objects: found,
        hint: 'Query the rows for each condition before the deploy.',
      },
    );
  },
} satisfies PreflightSpec;
