import type { Step } from '../../../model/step.ts';
import { block, pass, warn, type PreflightSpec } from '../check.ts';
import { counted, placeOf } from '../words.ts';

const failuresOf = (step: Step, certainty: 'will' | 'may'): string[] =>
  step.costs.flatMap(cost =>
    cost.kind === 'fail' && cost.certainty === certainty
      ? [`${placeOf(step)}: ${cost.message} (${cost.sqlstate})`]
      : [],
  );

/** On the live schema, with whatever others have created or left there. */
export default {
  id: 'failing-statements',
  ifUnknown: 'could-not-judge',
  run: ({ steps }) => {
    const certain = steps.flatMap(step => failuresOf(step, 'will'));
    const possible = steps.flatMap(step => failuresOf(step, 'may'));
    if (certain.length > 0)
      return block(`${counted(certain.length, 'pending statement')} will fail on the live schema.`, {
        objects: certain,
        hint: 'Remove what is in the way, or change the migration before it is deployed.',
      });
    if (possible.length > 0)
      return warn(`${counted(possible.length, 'pending statement')} may fail on the live schema.`, {
        objects: possible,
      });
    return pass('No pending statement fails on the live schema.');
  },
} satisfies PreflightSpec;
