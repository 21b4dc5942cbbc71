import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'failing-seed',
  group: 'database',
  category: 'failure',
  severity: 'error',
  summary: 'A file of `seed`, or `seed-command`, fails.',
  why: 'It was run before the migration, on the schema that the history produces. Without its rows, the migration was not tested on the intended data, and nothing is verified about them.',
});
