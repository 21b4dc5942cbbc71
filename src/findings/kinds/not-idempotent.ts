import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'not-idempotent',
  group: 'database',
  category: 'failure',
  severity: 'warning',
  summary: 'A migration declared idempotent is not.',
  why: 'The migration is declared idempotent (`-- migration-gate: idempotent`), its tool runs it again whenever it changes (`R__` in Flyway, `runOnChange` in Liquibase), or each of its statements has IF [NOT] EXISTS, OR REPLACE or ON CONFLICT. Applied a second time on a real server, it fails, changes the schema again, or changes the number of rows.',
});
