import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'failing-reapply',
  group: 'database',
  category: 'rollback',
  severity: 'warning',
  summary: 'After its down migration, the migration cannot be applied again.',
  why: 'The migration was applied on a real server, rolled back and applied again; the second time it fails or produces a different schema.',
});
