import type { AdvisoryFacts } from '../facts.ts';
import { block, pass, unreadPart, type PreflightSpec } from '../check.ts';

const WORD = 2n ** 32n;

/** The key of 64 bits, as pg_locks shows it in two columns; two keys of 32 bits as one. */
const keyIn = ({ high, low }: AdvisoryFacts): string => String(BigInt.asIntN(64, BigInt(high) * WORD + BigInt(low)));

/** The lock that a migration tool holds while it runs: another deploy is in progress. */
export default {
  id: 'running-deploy',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { advisory }, states, tools }) => {
    const unread = unreadPart(advisory, 'Advisory locks');
    if (unread) return unread;
    const used = [...new Set(states.map(({ tool }) => tool))];
    const held = used.flatMap(id => {
      const key = tools.get(id)?.advisoryLock;
      const by = key === undefined || key === null ? undefined : advisory.rows.find(one => keyIn(one) === key);
      return by === undefined ? [] : [{ id, pid: by.pid }];
    });
    const [first] = held;
    if (first === undefined) return pass('No other session holds the lock of the migration tool.');
    return block(
      `Another session holds the lock of ${first.id}, so a migration is running or has left its lock behind.`,
      {
        objects: held.map(({ pid }) => `pid ${pid}`),
        hint: 'Wait until it ends. If it is a leftover, end the session: SELECT pg_terminate_backend(pid).',
      },
    );
  },
} satisfies PreflightSpec;
