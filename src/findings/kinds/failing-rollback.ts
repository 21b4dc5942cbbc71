import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'failing-rollback',
  group: 'database',
  category: 'rollback',
  severity: 'error',
  summary: 'The down migration fails.',
  why: 'The migration was applied on a real server and then rolled back; the server rejected a statement of the down migration. Without a database: the down migration cannot be parsed, or contains a statement that Postgres rejects whatever the data.',
});
