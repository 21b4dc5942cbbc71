import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'schema-drift',
  group: 'database',
  category: 'schema',
  severity: 'warning',
  summary: 'The schema dump differs from the schema that the migrations produce.',
  why: 'The old dump with the migrations of the change applied is not the same schema as the new dump: a database restored from the dump would differ from production.',
});
