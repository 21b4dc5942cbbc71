import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'server-intervention',
  summary: 'What reaches past the schema is changed: replication, large objects, the log.',
  category: 'data',
  severity: 'warning',
  why: `
Replication, large objects and the log are for those who run the server. Most of what is done to them no rollback undoes: a replication slot that is
dropped loses its replica the changes that it has not read, a large object that is unlinked is gone, a replica that is
promoted stays a primary. Subscribers of a publication that sends less than before miss what changes from then on, and a
subscription that is dropped loses what its publisher has kept for it.`,
  aliases: ['side-effect-function'],
  examples: [
    { given: '', bad: "select pg_drop_replication_slot('warehouse');", good: null },
    { given: '', bad: 'select lo_unlink(16385);', good: null },
    { given: '', bad: 'select pg_switch_wal();', good: null },
    { given: '', bad: 'drop publication warehouse;', good: null },
    { given: '', bad: 'drop subscription orders;', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      const { kind } = change;
      if (kind !== 'call-server' && kind !== 'replication') continue;
      if (change.harm !== 'data' && change.harm !== 'server') continue;
      yield {
        message: kind === 'replication' ? `${change.does}.` : `${change.name}() ${change.does}.`,
        remedy: {
          text: 'Do it by hand, where somebody watches what it does; or allow this rule here and say why.',
          steps: [],
        },
        evidence: [change],
        ...(change.harm === 'data' ? { severity: 'error' as const } : {}),
      };
    }
  },
});
