import { deparse } from '../sql/deparse.ts';
import { as } from '../sql/nodes.ts';
import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { howOutside, migration, outside } from './shared/remedy.ts';

/** The safe way: concurrently; on a partitioned table piece by piece. */
function remedyFor(step: Step, { relation, index }: ChangeOf<'create-index'>): Remedy {
  const node = as(step.statement.node, 'IndexStmt');
  const text = `Build the index CONCURRENTLY, which is slower but does not block writes. A failed build leaves an invalid index; drop it before retrying.${howOutside(step)}`;
  if (!node)
    return {
      text: `${text} CONCURRENTLY cannot run inside a DO block; use a plain statement.`,
      steps: [],
    };
  if (relation.kind !== 'partitioned-table') {
    const sql = deparse({ IndexStmt: { ...node, concurrent: true, idxname: index.name } });
    return { text, steps: sql === null ? [] : [outside(step, 'Build the index', sql)] };
  }
  const range = node.relation ?? {};
  const only = deparse({
    IndexStmt: { ...node, idxname: index.name, relation: { ...range, inh: false } },
  });
  const piece = `${relation.name}_part_${index.name}`;
  const each = deparse({
    IndexStmt: {
      ...node,
      idxname: piece,
      concurrent: true,
      relation: { ...range, inh: true, relname: `${relation.name}_part` },
    },
  });
  return {
    text: `CONCURRENTLY is not supported on a partitioned table. Create the index on the parent with ON ONLY, build it CONCURRENTLY on each partition (${quote(`${relation.name}_part`)} is a placeholder), and attach the partition indexes.${howOutside(step)}`,
    steps: [
      migration('Create the parent index (invalid until all partition indexes are attached)', only),
      outside(step, 'Build on each partition', each),
      migration(
        'Attach each partition index',
        `ALTER INDEX ${quoteRelation({ schema: relation.schema, name: index.name })} ATTACH PARTITION ${quoteRelation({ schema: relation.schema, name: piece })}`,
      ),
    ],
  };
}

export default defineRule({
  id: 'blocking-index-build',
  summary: 'An index build blocks writes to its table.',
  category: 'locks',
  severity: 'error',
  why: `
\`CREATE INDEX\` scans the whole table under a \`SHARE\` lock: inserts, updates and deletes wait until the build
finishes, which takes seconds on a small table and hours on a large one. \`CONCURRENTLY\` scans the table twice
without blocking writes, but cannot run inside a transaction.

Safe if the table is created in the same pull request, or if the application is stopped.`,
  aliases: ['require-concurrent-index-creation', 'create-index-not-concurrent', 'requireConcurrentIndexCreation'],
  examples: [
    {
      given: 'create table orders (id bigint primary key, status text);',
      bad: 'create index orders_status on orders (status);',
      good: [
        '-- migration-gate: transaction per-statement\ncreate index concurrently orders_status on orders (status);',
      ],
    },
    {
      given: 'create table orders (id bigint primary key, status text);',
      bad: "create unique index on orders (lower(status)) where status <> 'done';",
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'create-index' || change.concurrently) continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `CREATE INDEX ${quote(change.index.name)} scans ${quoteRelation(change.relation)} under ${found.under}.${found.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
