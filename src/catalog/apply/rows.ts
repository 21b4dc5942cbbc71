import { unchanged, type Apply } from '../apply-table.ts';

export const rows: Pick<Apply, 'change-rows' | 'read-rows'> = { 'change-rows': unchanged, 'read-rows': unchanged };
