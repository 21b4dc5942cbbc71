import { unchanged, type Apply } from '../apply-table.ts';

export const rows: Pick<Apply, 'change-rows' | 'fire-triggers' | 'read-rows'> = {
  'change-rows': unchanged,
  'fire-triggers': unchanged,
  'read-rows': unchanged,
};
