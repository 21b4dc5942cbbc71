import { isVisible } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { quote, quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'invalid-partitioned-key',
  summary: 'A key that is added to a partitioned table alone is not enforced.',
  category: 'data',
  severity: 'warning',
  why: `
\`ALTER TABLE ONLY\` adds the key to the partitioned table and builds nothing in its partitions. The index stays invalid,
and each partition takes duplicates, until an index of every partition is attached to it with \`ALTER INDEX … ATTACH
PARTITION\`. A foreign key cannot refer to it until then.`,
  examples: [
    {
      setup:
        "create table readings (id bigint not null, day date not null) partition by range (day); create table readings_2025 partition of readings for values from ('2025-01-01') to ('2026-01-01');",
      bad: 'alter table only readings add constraint readings_pkey primary key (day, id);',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-constraint' || !change.only || !isVisible(change.relation)) continue;
      const { relation, constraint } = change;
      const { type } = constraint;
      if (relation.kind !== 'partitioned-table' || (type !== 'primary-key' && type !== 'unique')) continue;
      if (!step.before.children.has(keyOf(relation))) continue;
      yield {
        message: `ONLY leaves ${quote(constraint.name)} on ${quoteRelation(relation)} invalid: its partitions get no index, and take duplicates until one is attached in each.`,
        remedy: {
          text: 'Create a unique index on each partition concurrently, and attach it with ALTER INDEX … ATTACH PARTITION. The key becomes valid with the last one.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
