import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'deleted-migration',
  group: 'history',
  category: 'failure',
  severity: 'error',
  summary: 'A merged migration is deleted.',
  why: 'Databases that have applied it keep its effects, and new databases never get them. Old migrations can be replaced by a baseline that produces the same schema: both are replayed and compared.',
});
