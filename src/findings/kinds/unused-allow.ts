import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'unused-allow',
  group: 'suppressions',
  category: 'hygiene',
  severity: 'notice',
  summary: 'A suppression comment is unused.',
  why: 'The rule reports nothing on the lines that the comment covers: the statement was changed, the comment is not next to its statement, or the rule is off. Delete the comment, so that it cannot hide a later finding.',
});
