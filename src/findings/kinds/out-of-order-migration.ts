import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'out-of-order-migration',
  group: 'history',
  category: 'failure',
  severity: 'error',
  summary: 'A new migration sorts before a merged one.',
  why: 'In databases that have applied the merged one, tools apply the new one late, skip it permanently or stop; a new database applies the two in another order. It is an error if the tool skips it or stops, and a warning if the tool applies it late; the finding says which. The new migration is checked on the schema that all merged migrations produce. Give it a newer number or timestamp.',
});
