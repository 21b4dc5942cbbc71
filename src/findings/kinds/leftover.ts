import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'leftover',
  group: 'database',
  category: 'data',
  severity: 'warning',
  summary: 'The migration leaves something unfinished behind.',
  why: 'The migration leaves behind an invalid index, a disabled trigger, a sequence behind its column, a broken view, a changed setting of the role or the database, rows that violate a foreign key, or, as a notice, a constraint that is NOT VALID.',
});
