import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'unknown-allow',
  group: 'suppressions',
  category: 'hygiene',
  severity: 'error',
  summary: 'A suppression comment names a rule that does not exist.',
  why: 'The id is misspelled, or the rule was renamed, so the comment suppresses nothing and the finding that it was written for still counts. `migration-gate explain ID` and the list of rules have the ids; the message names the nearest one.',
});
