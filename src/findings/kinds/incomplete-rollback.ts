import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'incomplete-rollback',
  group: 'database',
  category: 'rollback',
  severity: 'error',
  summary: 'The down migration does not restore the previous schema.',
  why: 'The migration was applied on a real server and then rolled back; the schema is not what it was. Column order, comments and grants are not compared. Without a database this is a warning: it follows from the statements, if all of them are understood.',
});
