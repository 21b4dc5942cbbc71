import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'changed-rehearsal',
  group: 'configuration',
  category: 'hygiene',
  severity: 'warning',
  summary: 'The change edits the integrity checks, seeds or programs that check it.',
  why: 'The integrity checks and seeds of the base branch apply until the change is merged, together with the checks that the change adds, so that a change cannot relax its own check. The finding lists what the change removes. The programs of `sql-command`, `apply-command`, `seed-command` and `schema-command` run in the checkout: if the change edits a file that such a command names, review the edit. Files that those files load are not followed.',
});
