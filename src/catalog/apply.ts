import type { Change } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';
import type { Apply } from './apply-table.ts';
import { addColumn, columns } from './apply/columns.ts';
import { constraints } from './apply/constraints.ts';
import { indexes } from './apply/indexes.ts';
import { partitions } from './apply/partitions.ts';
import { programs } from './apply/programs.ts';
import { rows } from './apply/rows.ts';
import { sequences } from './apply/sequences.ts';
import { server } from './apply/server.ts';
import { session } from './apply/session.ts';
import { tables } from './apply/tables.ts';
import { types } from './apply/types.ts';
import { uncertainKeys } from './uncertain.ts';

const APPLY: Apply = {
  ...tables,
  ...partitions,
  ...columns,
  ...constraints,
  ...indexes,
  ...rows,
  ...programs,
  ...types,
  ...sequences,
  ...server,
  ...session,
};

const applied = (catalog: Catalog, change: Change): Catalog =>
  (APPLY[change.kind] as (catalog: Catalog, change: Change) => Catalog)(catalog, change);

/** The schema after the change. */
export const apply = (catalog: Catalog, change: Change): Catalog =>
  uncertainKeys(catalog, applied(catalog, change), change);

/** The same for a change that was merged before: which rows it wrote, and which columns it added, is not kept until it commits. */
export function applyMerged(catalog: Catalog, change: Change): Catalog {
  const isOfRows = change.kind === 'change-rows' || change.kind === 'fire-triggers';
  const after =
    change.kind === 'add-column' ? addColumn(catalog, change) : isOfRows ? catalog : applied(catalog, change);
  return uncertainKeys(catalog, after, change);
}
