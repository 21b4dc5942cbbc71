import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'missing-rollback',
  group: 'database',
  category: 'rollback',
  severity: 'warning',
  summary: 'The migration has no down migration, or an empty one.',
  why: 'Other migrations of this history can be rolled back, or `require-rollback` is set. Write the down migration in the format of the tool, as `rollback.sql` or `<name>.rollback.sql` next to the migration, or in comments that begin with `-- rollback:`. Or declare the migration irreversible: `-- migration-gate: irreversible: <reason>`.',
});
