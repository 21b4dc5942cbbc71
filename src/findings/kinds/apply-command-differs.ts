import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'apply-command-differs',
  group: 'database',
  category: 'failure',
  severity: 'warning',
  summary: 'The command of the migration tool produces a different schema than the checked files.',
  why: 'The schema that `apply-command` produced in an empty database is not the one that was measured: the command applies other files, in another order, or does more than the files say, so the checked statements are not what will run. Tables in which tools record applied migrations are ignored.',
});
