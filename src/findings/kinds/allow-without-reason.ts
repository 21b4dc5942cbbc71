import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'allow-without-reason',
  group: 'suppressions',
  category: 'hygiene',
  severity: 'error',
  summary: 'A suppression comment gives no reason.',
  why: 'A suppression without a reason suppresses nothing: whoever reads the migration later cannot tell why the finding was accepted. Write the reason after a colon: `-- migration-gate: allow dropped-column: no version reads it since 4.2`.',
});
