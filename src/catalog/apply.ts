import type { Change } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';
import type { Apply } from './apply-table.ts';
import { columns } from './apply/columns.ts';
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

/** The schema after the change. */
export const apply = (catalog: Catalog, change: Change): Catalog =>
  uncertainKeys(
    catalog,
    (APPLY[change.kind] as (catalog: Catalog, change: Change) => Catalog)(catalog, change),
    change,
  );
