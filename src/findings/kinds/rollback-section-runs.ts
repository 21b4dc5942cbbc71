import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'rollback-section-runs',
  group: 'database',
  category: 'rollback',
  severity: 'error',
  summary: 'The SQL after `-- rollback:` is not commented out.',
  why: 'No tool knows this marker: it sends the whole file, and so rolls the migration back immediately. Comment out each line of the section.',
});
