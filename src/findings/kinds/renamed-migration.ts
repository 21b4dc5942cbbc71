import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'renamed-migration',
  group: 'history',
  category: 'failure',
  severity: 'error',
  summary: 'A merged migration is renamed.',
  why: 'A tool identifies applied migrations by name or number: under a new name it is a migration that has not run, and the applied one is missing. Statements that the old file did not contain are checked as new.',
});
