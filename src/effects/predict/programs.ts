import { relationOf } from '../../catalog/edit.ts';
import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { exclusive, lock, newFile, scan, type CostTable } from '../cost-model.ts';
import { plannedLocks, readLocks, readScans, rewrittenLocks } from './rows.ts';
import { dependentViews, tableAt, foreignKeyPartners, withPartitions } from '../../catalog/related-tables.ts';

/** Where something calls a function that goes with it; the partitions of a table have copies of its triggers and checks. */
export const calledFrom = (key: Key, catalog: Catalog): Relation[] => {
  const calls = (caller: { readonly calls?: readonly Key[] } | null): boolean => caller?.calls?.includes(key) === true;
  return catalog.relations.values().flatMap(table => {
    const relation = relationOf(table);
    if (calls(table)) return [relation, ...dependentViews(keyOf(table), catalog)];
    const spread =
      table.triggers.some(trigger => trigger.row && trigger.function === key) ||
      [...table.constraints, ...table.indexes].some(calls);
    if (spread) return withPartitions(relation, catalog);
    const own =
      table.triggers.some(trigger => trigger.function === key) ||
      table.policies.some(calls) ||
      table.columns.some(column => calls(column) || calls(column.default));
    return own ? [relation] : [];
  });
};

const SRX = 'SHARE ROW EXCLUSIVE';

export const programs = {
  'create-view': ({ relation, view, replaces }, at) => [
    ...(replaces ? [exclusive(relation)] : []),
    ...readLocks(view.reads, at),
  ],
  'alter-view': ({ relation }) => [exclusive(relation)],
  refresh: ({ relation, concurrently, withData }, at) => {
    const sources = withData ? (tableAt(relation, at.catalog)?.reads ?? []) : [];
    const reads = [...plannedLocks(sources, at), ...readScans(sources, at)];
    // Without CONCURRENTLY a new file is filled and swapped in; with it the rows are compared and changed under EXCLUSIVE.
    return concurrently
      ? [lock(relation, 'EXCLUSIVE'), scan(relation), ...reads]
      : [exclusive(relation), newFile(relation), ...reads];
  },
  'create-trigger': ({ relation, trigger }, { catalog }) =>
    (trigger.row ? withPartitions(relation, catalog) : [relation]).map(member => lock(member, SRX)),
  'drop-trigger': ({ relation, trigger }, { catalog }) => {
    const existing = tableAt(relation, catalog)?.triggers.find(({ name }) => name === trigger);
    return (existing?.row === false ? [relation] : withPartitions(relation, catalog)).map(exclusive);
  },
  // Measured: the triggers of partitions follow since 15.
  'rename-trigger': ({ relation }, { catalog, pg }) =>
    (pg >= 15 ? withPartitions(relation, catalog) : [relation]).map(exclusive),
  // Partitions are reached through the row triggers that they have copies of (EnableDisableTrigger).
  'enable-trigger': ({ relation, trigger }, { catalog, pg }) => {
    const table = tableAt(relation, catalog);
    const matching = table?.triggers.filter(
      ({ name, row }) => row && (name === trigger || trigger === 'all' || trigger === 'user'),
    );
    const keys = pg >= 15 && trigger === 'all' && foreignKeyPartners(relation, catalog).length > 0;
    const reaches = !table?.complete || matching?.length !== 0 || keys;
    return (reaches ? withPartitions(relation, catalog) : [relation]).map(member => lock(member, SRX));
  },
  'create-policy': ({ relation, policy }, at) => [exclusive(relation), ...readLocks(policy.reads, at)],
  'alter-policy': ({ relation, policy }, at) => [exclusive(relation), ...readLocks(policy.reads, at)],
  'drop-policy': ({ relation }) => [exclusive(relation)],
  'create-rule': ({ relation, reads }, at) => [exclusive(relation), ...readLocks(reads, at)],
  'drop-rule': ({ relation }) => [exclusive(relation)],
  'enable-rule': ({ relation }) => [exclusive(relation)],
  'rename-rule': ({ relation }) => [exclusive(relation)],
  'create-routine': ({ reads, writes }, at) => [
    ...rewrittenLocks(reads, at),
    ...writes.map(relation => lock(relation, 'ROW EXCLUSIVE')),
  ],
  'drop-routine': ({ key, cascade }, { catalog }) => (cascade ? calledFrom(key, catalog).map(exclusive) : []),
  'alter-routine': () => [],
  'add-support': () => [],
  'set-event-trigger': () => [],
} satisfies Partial<CostTable>;
