import { deparse } from '../sql/deparse.ts';
import { as } from '../sql/nodes.ts';
import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf, quote, quoteRelation } from './shared/quote.ts';
import { howOutside, migration, outside } from './shared/remedy.ts';

/** The safe way: concurrently; on a partitioned table piece by piece. */
function remedyFor(step: Step, { relation, index }: ChangeOf<'create-index'>): Remedy {
  const node = as(step.statement.node, 'IndexStmt');
  const text = `Build the index CONCURRENTLY: slower, but writes go on. If the build fails it leaves an invalid index; drop that and build again.${howOutside(step)}`;
  if (!node)
    return {
      text: `${text} CONCURRENTLY is not possible inside a DO block: write the statement by itself.`,
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
    text: `CONCURRENTLY does not work on a partitioned table: create the index on the parent alone, build it CONCURRENTLY on each partition (${quote(`${relation.name}_part`)} stands for each of them), and attach the pieces.${howOutside(step)}`,
    steps: [
      migration('Create the parent index, invalid as yet', only),
      outside(step, 'Build on each partition', each),
      migration(
        'Attach each piece',
        `ALTER INDEX ${quoteRelation({ schema: relation.schema, name: index.name })} ATTACH PARTITION ${quoteRelation({ schema: relation.schema, name: piece })}`,
      ),
    ],
  };
}

export default defineRule({
  id: 'blocking-index-build',
  summary: 'An index is built while writes to its table wait.',
  category: 'locks',
  severity: 'error',
  why: `
A plain \`CREATE INDEX\` reads the whole table under \`SHARE\`: every insert, update and delete waits until the build is
done, which takes seconds on a small table and hours on a large one. \`CONCURRENTLY\` reads the table twice and lets writes
through, but cannot run inside a transaction.

Fine when the table is created in the same pull request, or when the application is stopped.`,
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
        message: `Building the index ${change.index.name} reads all of ${nameOf(change.relation)} under ${found.under}.${found.doubt}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
