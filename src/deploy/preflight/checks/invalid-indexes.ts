import { block, pass, unknown, warn, type PreflightSpec } from '../check.ts';
import { counted, placeOf, quotedName } from '../words.ts';

/** A CREATE INDEX CONCURRENTLY that failed leaves an index that slows writes and serves no query. */
export default {
  id: 'invalid-indexes',
  ifUnknown: 'warn',
  run: ({ facts: { live }, steps, pending }) => {
    if (live.catalog === null) return unknown('Indexes could not be read.');
    const invalid = live.catalog.relations.values().flatMap(table =>
      table.indexes
        .filter(index => !index.valid)
        .map(({ name }) => ({
          key: `${table.schema}.${name}`,
          name: quotedName({ schema: table.schema, name }),
          table,
        })),
    );
    if (invalid.length === 0) return pass('Every index is valid.');
    const kept = steps.flatMap(step =>
      step.changes.flatMap(change => {
        if (change.kind !== 'create-index' || !change.exists) return [];
        const found = invalid.find(({ key }) => key === `${change.relation.schema}.${change.index.name}`);
        const isGone =
          found !== undefined && !step.before.indexes.has(found.key) && pending.base.indexes.has(found.key);
        return found === undefined || isGone
          ? []
          : [`${placeOf(step)}: IF NOT EXISTS keeps ${found.name}, which is INVALID`];
      }),
    );
    const objects = invalid.map(({ name, table }) => `${name} on ${quotedName(table)}`);
    const hint = 'Drop it (DROP INDEX CONCURRENTLY) and build it again, unless it is being built now.';
    if (kept.length > 0)
      return block('A pending CREATE INDEX IF NOT EXISTS finds an INVALID index, and builds nothing.', {
        objects: kept,
        hint,
      });
    return warn(
      `${counted(invalid.length, 'index').replace('indexs', 'indexes')} INVALID: no query uses them, and every write maintains them.`,
      {
        objects,
        hint,
      },
    );
  },
} satisfies PreflightSpec;
