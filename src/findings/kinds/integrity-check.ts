import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'integrity-check',
  group: 'database',
  category: 'data',
  severity: 'error',
  summary: 'A query of `integrity-checks` does not return the required result.',
  why: 'It was run before and after the migration, on tables with rows. A check that already failed before the migration is not reported.',
});
