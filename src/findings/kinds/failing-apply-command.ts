import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'failing-apply-command',
  group: 'database',
  category: 'failure',
  severity: 'error',
  summary: 'The command of the migration tool fails on an empty database.',
  why: '`apply-command` was run in the checkout, on an empty database, as the role that owns it. It exited with an error, or did not finish in time.',
});
