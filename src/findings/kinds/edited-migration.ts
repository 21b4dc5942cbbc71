import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'edited-migration',
  group: 'history',
  category: 'failure',
  severity: 'error',
  summary: 'A merged migration is edited.',
  why: 'Databases that have applied it do not apply it again: the tool rejects the new text, or old and new databases silently differ. Statements that the edit adds are checked on the schema that all merged migrations produce. Comments and white space count only if the checksum of the tool covers them. Write a new migration instead.',
});
