import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'server-intervention',
  summary: 'Replication, large objects or the log are changed.',
  category: 'data',
  severity: 'warning',
  why: `
Replication, large objects and the log are for server administrators, and a rollback does not undo most of these
changes: dropping a replication slot loses the changes that its replica has not read, a large object that is unlinked is
gone, a replica that is promoted stays a primary. Subscribers of a publication that sends less than before miss the
changes from then on, and dropping a subscription loses what its publisher has kept for it.`,
  aliases: ['side-effect-function'],
  examples: [
    { setup: '', bad: "select pg_drop_replication_slot('warehouse');", good: null },
    { setup: '', bad: 'select lo_unlink(16385);', good: null },
    { setup: '', bad: 'select pg_switch_wal();', good: null },
    { setup: '', bad: 'drop publication warehouse;', good: null },
    { setup: '', bad: 'drop subscription orders;', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      const { kind } = change;
      if (kind !== 'call-server' && kind !== 'replication') continue;
      if (change.harm !== 'data' && change.harm !== 'server') continue;
      yield {
        message: kind === 'replication' ? `${change.does}.` : `${change.name}() ${change.does}.`,
        remedy: {
          text: 'Do it manually under supervision, or suppress this finding and state why it belongs here.',
          steps: [],
        },
        evidence: [change],
        ...(change.harm === 'data' ? { severity: 'error' as const } : {}),
      };
    }
  },
});
