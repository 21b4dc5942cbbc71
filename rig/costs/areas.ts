import { addingColumns } from './areas/adding-columns.ts';
import { changingColumns } from './areas/changing-columns.ts';
import { constraints } from './areas/constraints.ts';
import { foreignKeys } from './areas/foreign-keys.ts';
import { indexes } from './areas/indexes.ts';
import { maintenance } from './areas/maintenance.ts';
import { otherObjects } from './areas/other-objects.ts';
import { partitions } from './areas/partitions.ts';
import { rows } from './areas/rows.ts';
import { tables } from './areas/tables.ts';
import { triggers } from './areas/triggers.ts';
import { typesAndSequences } from './areas/types-and-sequences.ts';
import { typeChanges, typesAndMore } from './areas/types.ts';
import { views } from './areas/views.ts';
import type { Area } from './entry.ts';

/** The sections of docs/costs.md, in its order. */
export const AREAS: readonly Area[] = [
  addingColumns,
  changingColumns,
  typeChanges,
  typesAndMore,
  constraints,
  foreignKeys,
  indexes,
  partitions,
  tables,
  views,
  triggers,
  typesAndSequences,
  otherObjects,
  maintenance,
  rows,
];

export const ENTRIES = AREAS.flatMap(({ entries }) => entries);
