import { deparse } from '../sql/deparse.ts';
import { as } from '../sql/nodes.ts';
import type { ChangeOf, Relation } from '../model/effect.ts';
import type { Remedy, RemedyStep } from '../model/report.ts';
import { keyOf, type Table } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { howOutside, migration, outside } from './shared/remedy.ts';

const NAME = '(?:"(?:[^"]|"")+"|[^\\s"(.]+)';
/** `create index [if not exists] [name] on [only] table`. */
const HEAD = new RegExp(
  `^(create\\s+(?:unique\\s+)?index)(\\s+if\\s+not\\s+exists)?(?:\\s+(?!on\\s)${NAME})?\\s+on\\s+(?:only\\s+)?((?:${NAME}\\.){0,2}${NAME})`,
  'i',
);

interface Spelling {
  readonly name: string;
  readonly concurrently?: true;
  readonly only?: true;
  readonly table?: string;
}

/** The author's own statement, changed in its head only: storage parameters, and what no deparser knows, stay as written. */
function rewritten({ statement }: Step, { name, concurrently, only, table }: Spelling): string | null {
  const [head, create = '', exists = '', written = ''] = HEAD.exec(statement.sql) ?? [];
  if (head === undefined) return null;
  const how = concurrently ? ' CONCURRENTLY' : '';
  return `${create}${how}${exists} ${quote(name)} ON ${only ? 'ONLY ' : ''}${table ?? written}${statement.sql.slice(head.length)}`;
}

/** The partitions, where all of them are in the migrations and hold rows themselves. */
function partitionsOf({ before }: Step, relation: Relation): Table[] | null {
  const all = (before.children.get(keyOf(relation)) ?? []).map(key => before.relations.get(key));
  const tables = all.filter(table => table?.kind === 'table');
  return tables.length === all.length && tables.length > 0 && tables.length <= MOST
    ? tables.flatMap(table => table ?? [])
    : null;
}

/** Partitions that a remedy writes out. */
const MOST = 12;

/** On the parent alone, on each partition concurrently, and put together. */
function pieces(step: Step, { relation, index }: ChangeOf<'create-index'>): RemedyStep[] {
  if (!HEAD.test(step.statement.sql)) return [];
  const first = migration(
    'Create the parent index (invalid until all partition indexes are attached)',
    rewritten(step, { name: index.name, only: true }),
  );
  // The parts are called what the server would call them.
  const names = new Map(
    step.costs.flatMap(cost => (cost.kind === 'build-index' ? [[keyOf(cost.relation), cost.index] as const] : [])),
  );
  const parts = partitionsOf(step, relation)?.flatMap(table => {
    const name = names.get(keyOf(table));
    return name === undefined ? [] : { table, name };
  });
  if (!parts) return [first];
  const attach = ({ table, name }: (typeof parts)[number]): string =>
    `ALTER INDEX ${quoteRelation({ schema: relation.schema, name: index.name })} ATTACH PARTITION ${quoteRelation({ schema: table.schema, name })}`;
  return [
    first,
    ...parts.flatMap(({ table, name }) =>
      outside(
        step,
        `Build on ${quoteRelation(table)}`,
        rewritten(step, { name, concurrently: true, table: quoteRelation(table) }),
      ),
    ),
    migration('Attach the partition indexes', ...parts.map(attach)),
  ];
}

/** The safe way: concurrently; on a partitioned table piece by piece. */
function remedyFor(step: Step, change: ChangeOf<'create-index'>): Remedy {
  const node = as(step.statement.node, 'IndexStmt');
  const text = `Build the index CONCURRENTLY, which is slower but does not block writes. A failed build leaves an invalid index; drop it before retrying.${howOutside(step)}`;
  if (!node)
    return {
      text: `${text} CONCURRENTLY cannot run inside a DO block; use a plain statement.`,
      steps: [],
    };
  if (change.relation.kind !== 'partitioned-table') {
    const { name } = change.index;
    const sql =
      rewritten(step, { name, concurrently: true }) ??
      deparse({ IndexStmt: { ...node, concurrent: true, idxname: name } });
    return { text, steps: sql === null ? [] : outside(step, 'Build the index', sql) };
  }
  return {
    text: `CONCURRENTLY is not supported on a partitioned table. Create the index on the parent with ON ONLY, build it CONCURRENTLY on each partition, and attach the partition indexes.${howOutside(step)}`,
    steps: pieces(step, change),
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
      setup: 'create table orders (id bigint primary key, status text);',
      bad: 'create index orders_status on orders (status);',
      good: [
        '-- migration-gate: transaction per-statement\ncreate index concurrently orders_status on orders (status);',
      ],
    },
    {
      setup: 'create table orders (id bigint primary key, status text);',
      bad: "create unique index on orders (lower(status)) where status <> 'done';",
      good: null,
    },
    {
      setup:
        "create table events (id bigint, day date not null) partition by range (day); create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01'); create table events_2027 partition of events for values from ('2027-01-01') to ('2028-01-01');",
      bad: 'create index events_id on events (id) with (fillfactor = 80);',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'create-index' || change.concurrently) continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      yield {
        message: `CREATE INDEX ${quote(change.index.name)} scans ${quoteRelation(change.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
