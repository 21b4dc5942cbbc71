import { isVisible, type Change } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
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

/** SET session_replication_role: no trigger fires, those of foreign keys included. */
const isReplica = (change: Change): boolean =>
  change.kind === 'set' &&
  change.setting === 'session_replication_role' &&
  !/^(origin|default)$/i.test(change.value ?? '');

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
    { given: '', bad: 'set local session_replication_role = replica;', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (isReplica(change))
        yield {
          message:
            'session_replication_role switches all triggers of this session off, foreign keys included: rows that break them stay.',
          remedy: {
            text: 'Leave it at origin; or check by queries afterwards that no row breaks a foreign key.',
            steps: [],
          },
          evidence: [change],
        };
      const off = what(change);
      if (off === null || !('relation' in change) || !isVisible(change.relation)) continue;
      yield {
        message: `The statement leaves ${off} of ${nameOf(change.relation)} switched off for every session.`,
        remedy: { text: 'Leave it on; a backfill can do without it for its own session alone.', steps: [] },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
