import { isVisible, type Change } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';

const what = (change: Change): string | null => {
  if (change.kind === 'enable-trigger' && !change.enabled)
    return change.trigger === 'all' || change.trigger === 'user'
      ? `${change.trigger} triggers`
      : `the trigger ${quote(change.trigger)}`;
  if (change.kind === 'set-row-security' && change.enabled === false) return 'row-level security';
  return null;
};

/** SET session_replication_role: no trigger fires, those of foreign keys included. */
const isReplica = (change: Change): boolean =>
  change.kind === 'set' &&
  change.setting === 'session_replication_role' &&
  !/^(origin|default)$/i.test(change.value ?? '');

export default defineRule({
  id: 'disabled-safeguard',
  summary: 'Triggers or row-level security are disabled.',
  category: 'data',
  severity: 'warning',
  why: `
\`DISABLE TRIGGER ALL\` also disables foreign key checks, for every session, until the triggers are enabled again:
rows that violate a foreign key are never detected. Without row-level security, every role with a grant reads every
row.`,
  aliases: ['disable-trigger', 'disable-rls', 'rlsDisabled'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'alter table users disable trigger all;',
      good: null,
    },
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'alter table users disable row level security;',
      good: null,
    },
    { setup: '', bad: 'set local session_replication_role = replica;', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (isReplica(change))
        yield {
          message:
            'session_replication_role disables the triggers of this session, including foreign key checks: rows that violate a foreign key stay.',
          remedy: {
            text: 'Leave it at origin, or verify afterwards with queries that no row violates a foreign key.',
            steps: [],
          },
          evidence: [change],
        };
      const off = what(change);
      if (off === null || !('relation' in change) || !isVisible(change.relation)) continue;
      yield {
        message: `The statement disables ${off} of ${quoteRelation(change.relation)} for every session.`,
        remedy: { text: 'Leave it enabled; a backfill can bypass it for its own session only.', steps: [] },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
