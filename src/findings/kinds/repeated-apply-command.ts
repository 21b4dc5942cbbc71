import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'repeated-apply-command',
  group: 'database',
  category: 'failure',
  severity: 'warning',
  summary: 'The command of the migration tool makes changes when it runs a second time.',
  why: 'After everything is applied, `apply-command` should do nothing. A second run failed, changed the schema, or changed the number of rows, and so will the next deploy.',
});
