import { block, pass, unknown, type PreflightSpec } from '../check.ts';

const OLDEST = 13;
const NEWEST = 18;

export default {
  id: 'server',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { server } }) => {
    const major = Math.floor(server.version / 10_000);
    if (server.recovering)
      return block(
        'The URL names a standby. Migrations cannot run there, and it does not show the sessions of the primary.',
        {
          hint: 'Use the address of the primary.',
        },
      );
    if (server.readOnly)
      return block('default_transaction_read_only is on for the role or the database, so no migration can run.', {
        hint: 'Turn it off for the role that runs the migrations: ALTER ROLE … RESET default_transaction_read_only.',
      });
    if (major < OLDEST || major > NEWEST)
      return unknown(`The server runs Postgres ${major}. Locks and errors are known for ${OLDEST} to ${NEWEST}.`);
    return pass(`The server runs Postgres ${major}, and accepts writes.`);
  },
} satisfies PreflightSpec;
