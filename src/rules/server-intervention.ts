import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'server-intervention',
  summary: 'A function of the server is called that reaches past the schema: replication, large objects, the log.',
  category: 'data',
  severity: 'warning',
  why: `
These functions are for those who run the server. Most of what they do no rollback undoes: a replication slot that is
dropped loses its replica the changes that it has not read, a large object that is unlinked is gone, a replica that is
promoted stays a primary.`,
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
          text: 'Call it by hand, where somebody watches what it does; or allow this rule here and say why.',
          steps: [],
        },
        evidence: [change],
        ...(change.harm === 'data' ? { severity: 'error' as const } : {}),
      };
    }
  },
});
