import { block, pass, unknown, type PreflightSpec } from '../check.ts';

const HINT = 'Use the direct address of the server, or a pool in session mode, for migrations.';

/** Measured with pgbouncer 1.18: in transaction mode session locks and settings reach other clients, and stay behind. */
export default {
  id: 'pooler',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { pooling } }) => {
    if (pooling.mode === 'none') return pass('No pooler is between the client and the server.');
    if (pooling.mode === 'session') return pass('A pooler is between the client and the server, and keeps sessions.');
    if (pooling.mode === 'unknown')
      return unknown(`A pooler is between the client and the server, and its mode is unknown: ${pooling.because}.`, {
        hint: HINT,
      });
    return block(
      `The URL names a pooler in transaction mode (${pooling.because}). Session locks and settings of the migration tool reach other clients.`,
      { hint: HINT },
    );
  },
} satisfies PreflightSpec;
