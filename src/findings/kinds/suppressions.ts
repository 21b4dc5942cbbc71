import type { KindTable } from '../../model/finding-kind.ts';

/** What is wrong with `-- migration-gate: allow` comments themselves. */
export const SUPPRESSIONS = {
  'allow-without-reason': {
    category: 'hygiene',
    severity: 'error',
    summary: 'A suppression comment gives no reason.',
    why: 'A suppression without a reason suppresses nothing: whoever reads the migration later cannot tell why the finding was accepted. Write the reason after a colon: `-- migration-gate: allow dropped-column: no version reads it since 4.2`.',
  },
  'refused-suppression': {
    category: 'hygiene',
    severity: 'error',
    summary: 'A suppression comment names a finding that a comment may not suppress.',
    why: 'The configuration of the base branch says in `suppressions` which findings a comment may suppress, which need an approving review of the pull request as well, and which may never be suppressed.',
  },
  'unknown-allow': {
    category: 'hygiene',
    severity: 'error',
    summary: 'A suppression comment names a rule that does not exist.',
    why: 'The id is misspelled, or the rule was renamed, so the comment suppresses nothing and the finding that it was written for still counts. `migration-gate explain ID` and the list of rules have the ids; the message names the nearest one.',
  },
  'unused-allow': {
    category: 'hygiene',
    severity: 'notice',
    summary: 'A suppression comment is unused.',
    why: 'The rule reports nothing on the lines that the comment covers: the statement was changed, the comment is not next to its statement, or the rule is off. Delete the comment, so that it cannot hide a later finding.',
  },
} as const satisfies KindTable;

export type SuppressionId = keyof typeof SUPPRESSIONS;
