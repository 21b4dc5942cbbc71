import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'irreversible-without-reason',
  group: 'database',
  category: 'hygiene',
  severity: 'error',
  summary: 'A migration is declared irreversible without a reason.',
  why: 'State why, for whoever has to roll back the release. Write the reason after a colon: `-- migration-gate: irreversible: the old column is not kept`.',
});
