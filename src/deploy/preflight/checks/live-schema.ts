import { pass, unknown, type PreflightSpec } from '../check.ts';

export default {
  id: 'live-schema',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { live, tables } }) => {
    const problem = live.problem ?? tables.problem;
    if (problem !== null)
      return unknown(
        `The live schema could not be read: ${problem}. The pending migrations were analyzed on the schema of the applied files.`,
        { hint: 'Try again when no migration or maintenance is running.' },
      );
    return pass(`The schema was read from the server: ${tables.rows.length} tables.`);
  },
} satisfies PreflightSpec;
