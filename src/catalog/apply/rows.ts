import { unchanged, type Apply } from '../apply-table.ts';
import { markIncomplete } from '../edit.ts';
import { pendingAfter } from '../pending-events.ts';

export const rows = {
  'change-rows': pendingAfter,
  'fire-triggers': unchanged,
  'write-catalog': catalog => markIncomplete(catalog, 'a system catalog is modified'),
  'read-rows': unchanged,
} satisfies Partial<Apply>;
