import type { Client } from '../database/service.ts';
import { isVisible } from '../model/effect.ts';
import { keyOf, type RelationKind } from '../model/schema.ts';
import type { Relation } from '../model/effect.ts';
import type { Step } from '../model/step.ts';

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

/** The tables that were there before, and that the statements do something to. */
export function touchedTables(steps: readonly Step[]): Relation[] {
  const found = new Map<string, Relation>();
  for (const { costs } of steps)
    for (const { relation } of costs)
      if (relation && isVisible(relation) && HOLDS_ROWS[relation.kind]) found.set(keyOf(relation), relation);
  return [...found.values()];
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
