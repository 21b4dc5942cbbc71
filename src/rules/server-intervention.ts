import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'server-intervention',
  summary: 'A server function with effects beyond the schema is called: replication, large objects, the log.',
  category: 'data',
  severity: 'warning',
  why: `
These functions are for server administrators, and a rollback does not undo most of their effects: dropping a
replication slot loses the changes that its replica has not read, a large object that is unlinked is gone, a replica
that is promoted stays a primary.`,
  aliases: ['side-effect-function'],
  examples: [
    { given: '', bad: "select pg_drop_replication_slot('warehouse');", good: null },
    { given: '', bad: 'select lo_unlink(16385);', good: null },
    { given: '', bad: 'select pg_switch_wal();', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'call-server' || (change.harm !== 'data' && change.harm !== 'server')) continue;
      yield {
        message: `${change.name}() ${change.does}.`,
        remedy: {
          text: 'Call it manually under supervision, or suppress this finding and state why it belongs here.',
          steps: [],
        },
        evidence: [change],
        ...(change.harm === 'data' ? { severity: 'error' as const } : {}),
      };
    }
  },
});
