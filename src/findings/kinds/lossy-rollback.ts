import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'lossy-rollback',
  group: 'database',
  category: 'rollback',
  severity: 'notice',
  summary: 'Rolling back does not restore the original data.',
  why: 'The down migration restores the schema but not the data, such as the values of a dropped column. Rows were counted, and a checksum of each column was computed, before the migration and after its rollback.',
});
