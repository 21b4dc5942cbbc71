import { block, pass, type PreflightSpec } from '../check.ts';
import { leftoversOf } from '../leftovers.ts';

/** What of a migration that failed is in the database, and the command that records what is true. */
export default {
  id: 'leftovers',
  ifUnknown: 'could-not-judge',
  run: at => {
    const failed = at.states.filter(({ state }) => state === 'failed' || state === 'half-applied');
    const [first] = failed;
    if (first === undefined) return pass('No migration has failed.');
    const found = failed.map(state => leftoversOf(at, state));
    return block(found.map(({ message }) => message).join(' '), {
      objects: found.flatMap(({ objects }) => objects),
      hint: found.flatMap(({ hint }) => hint ?? []).join(' ') || null,
    });
  },
} satisfies PreflightSpec;
