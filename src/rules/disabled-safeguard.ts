import { isVisible, type Change } from '../model/effect.ts';
import { defineRule } from '../rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

const what = (change: Change): string | null => {
  if (change.kind === 'enable-trigger' && !change.enabled)
    return change.trigger === 'all' || change.trigger === 'user'
      ? `the triggers (${change.trigger})`
      : `the trigger ${change.trigger}`;
  if (change.kind === 'set-row-security' && change.enabled === false) return 'row level security';
  return null;
};

export default defineRule({
  id: 'disabled-safeguard',
  summary: 'Triggers or row level security are switched off.',
  category: 'data',
  severity: 'warning',
  why: `
\`DISABLE TRIGGER ALL\` switches the checks of foreign keys off as well, for every session, until they are enabled again:
rows that break them are never found. Without row level security every role with a grant reads every row.`,
  aliases: ['disable-trigger', 'disable-rls', 'rlsDisabled'],
  examples: [
    {
      given: 'create table users (id bigint primary key);',
      bad: 'alter table users disable trigger all;',
      good: null,
    },
    {
      given: 'create table users (id bigint primary key);',
      bad: 'alter table users disable row level security;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const off = what(change);
      if (off === null || !('relation' in change) || !isVisible(change.relation)) continue;
      yield {
        message: `The statement leaves ${off} of ${nameOf(change.relation)} switched off for every session.`,
        remedy: { text: 'Leave it on; for a backfill set session_replication_role for that session alone.', steps: [] },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
