import type { Client } from '../database/service.ts';
import { isVisible } from '../model/effect.ts';
import { keyOf, type RelationKind } from '../model/schema.ts';
import type { Relation } from '../model/effect.ts';
import type { Step } from '../model/step.ts';
import type { Measured } from '../measure/session.ts';

const HOLDS_ROWS: Readonly<Record<RelationKind, boolean>> = {
  table: true,
  'partitioned-table': true,
  'foreign-table': false,
  index: false,
  view: false,
  'materialized-view': false,
  sequence: false,
  'composite-type': false,
};

/** What was not read may do something to any table, and only rows show what; made in seconds. */
const MOST_UNREAD = 40;

/**
 * The tables that were there before, and that the statements do something to: as predicted, or as `measured`. All of the
 * history where a statement was not read.
 */
export function touchedTables(steps: readonly Step[], measured: readonly (Measured | undefined)[]): Relation[] {
  const tables = new Map<string, Relation>();
  const add = (relation: Relation | null): void => {
    if (relation && isVisible(relation) && HOLDS_ROWS[relation.kind] && !tables.has(keyOf(relation)))
      tables.set(keyOf(relation), relation);
  };
  for (const { costs } of steps) for (const { relation } of costs) add(relation);
  for (const one of measured) for (const { relation } of one?.costs ?? []) add(relation);
  const before = steps[0]?.before.relations.values() ?? [];
  if (steps.some(({ changes }) => changes.some(({ kind }) => kind === 'opaque')))
    for (const { schema, name, kind } of [...before].slice(0, MOST_UNREAD))
      add({ schema, name, kind, age: 'existing' });
  return [...tables.values()];
}

/** Those that the database has. */
export async function present(client: Client, tables: readonly Relation[]): Promise<Relation[]> {
  const { rows } = await client.query<{ at: number }>(
    `select at::int from unnest($1::text[], $2::text[]) with ordinality as wanted(schema, name, at)
      where pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, name)) is not null`,
    [tables.map(({ schema }) => schema), tables.map(({ name }) => name)],
  );
  return rows.flatMap(({ at }) => tables[at - 1] ?? []);
}
