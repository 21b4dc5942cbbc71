import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'failing-migration',
  group: 'database',
  category: 'failure',
  severity: 'error',
  summary: 'The migration fails on a real server.',
  why: 'The earlier migrations were applied to an empty database, then this one, as the tool would apply it; the server rejected a statement.',
});
