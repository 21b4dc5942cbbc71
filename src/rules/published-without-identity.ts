import { keyOf, type Catalog, type Table } from '../model/schema.ts';
import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { quoteRelation } from './shared/quote.ts';

const REFUSED = 'cannot update table, because it does not have a replica identity and publishes updates';

export default defineRule({
  id: 'published-without-identity',
  summary: 'A published table has no replica identity.',
  category: 'compatibility',
  severity: 'warning',
  why: `
A publication sends each UPDATE and DELETE with the replica identity of its row, which is the primary key unless the
table says otherwise. Postgres rejects every UPDATE and DELETE of a published table that has none, with 55000
(\`${REFUSED}\`). INSERT still works, so that it is noticed only when the application changes a row.`,
  examples: [
    {
      setup: 'create table stock (id int primary key, val text); create publication pub for table stock;',
      bad: 'alter table stock drop constraint stock_pkey;',
      good: ['alter table stock replica identity full;\nalter table stock drop constraint stock_pkey;'],
    },
    {
      setup: 'create table runs (id bigint primary key); create publication everything for all tables;',
      bad: 'create table snapshots (run_id text not null, body jsonb);',
      good: ['create table snapshots (run_id text primary key, body jsonb);'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'create-table' && change.kind !== 'drop-constraint') continue;
      const { relation } = change;
      const table = step.after.relations.get(keyOf(relation));
      if (!table || !lacksIdentity(table, step.after)) continue;
      const before = change.kind === 'create-table' ? undefined : step.before.relations.get(keyOf(relation));
      if (before ? !isVisible(relation) || lacksIdentity(before, step.before) : change.kind !== 'create-table')
        continue;
      const name = quoteRelation(relation);
      yield {
        message: before
          ? `${name} is published and loses its primary key: UPDATE and DELETE on it fail with 55000 from then on.`
          : `${name} is published and has no primary key: UPDATE and DELETE on it fail with 55000.`,
        remedy: {
          text: 'Give the table a primary key, or set REPLICA IDENTITY USING INDEX or FULL in the same migration before it.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});

const KINDS: ReadonlySet<Table['kind']> = new Set<Table['kind']>(['table', 'partitioned-table']);

/** Published, complete, and with nothing that names its rows (CheckCmdReplicaIdentity, execReplication.c). */
function lacksIdentity(table: Table, { publishesAll }: Catalog): boolean {
  const published = table.published ?? (publishesAll === true && table.persistence === 'permanent');
  return (
    published &&
    table.complete &&
    KINDS.has(table.kind) &&
    table.partitionOf === null &&
    table.inherits.length === 0 &&
    table.replicaIdentity === undefined &&
    !table.constraints.some(({ type }) => type === 'primary-key')
  );
}
