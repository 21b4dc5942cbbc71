import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'refused-suppression',
  group: 'suppressions',
  category: 'hygiene',
  severity: 'error',
  summary: 'A suppression comment names a finding that a comment may not suppress.',
  why: 'The configuration of the base branch says in `suppressions` which findings a comment may suppress, which need an approving review of the pull request as well, and which may never be suppressed.',
});
