import { isVisible, type Change, type ChangeOf } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { gathered } from './shared/earlier.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { endsOf } from './shared/transaction-ends.ts';

type Dropped = ChangeOf<'drop-policy'>;

const dropped = ({ changes }: Step): Dropped[] =>
  changes.filter((change): change is Dropped => change.kind === 'drop-policy' && isVisible(change.relation));

const earlier = gathered(dropped);

/** Policies that are gone when the transaction ends: one that is made again is another version of it. */
function droppedPrivileges(step: Step): Dropped[] {
  const ends =
    !step.transaction.block || step.remaining === 0 || step.changes.some(change => change.kind === 'transaction');
  if (!ends) return [];
  return [...earlier(step), ...dropped(step)].filter(
    ({ relation, policy }) => !step.after.relations.get(keyOf(relation))?.policies.some(({ name }) => name === policy),
  );
}

const what = (change: Change, { whole }: Step): string | null => {
  if (change.kind === 'change-access' && change.takes) return change.what;
  if (change.kind === 'set-row-security' && change.enabled === true && isVisible(change.relation)) {
    const policies = endsOf(whole).after.relations.get(keyOf(change.relation))?.policies ?? [];
    return policies.length > 0 ? null : `${quoteRelation(change.relation)} gets row-level security without a policy`;
  }
  if (change.kind === 'set-owner' && isVisible(change.relation))
    return `${quoteRelation(change.relation)} gets the owner ${quote(change.to)}`;
  if (change.kind === 'alter-policy' && change.to === undefined && isVisible(change.relation))
    return `The policy ${quote(change.policy.name)} of ${quoteRelation(change.relation)} allows other rows`;
  return null;
};

export default defineRule({
  id: 'revoked-access',
  summary: 'Roles lose privileges, ownership or rows that running code may rely on.',
  category: 'compatibility',
  severity: 'warning',
  why: 'After the commit, the version of the application that runs during the deploy fails with "permission denied" (42501), or no longer finds rows. Objects that the migration itself creates are not in use yet, and are not reported.',
  aliases: ['revoke', 'drop-role', 'drop-policy'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'revoke select on users from app;',
      good: ['create table carts (id bigint primary key); revoke all on carts from public;'],
    },
    {
      setup: 'create table users (id bigint primary key); create policy own on users using (id = 1);',
      bad: 'drop policy own on users;',
      good: ['drop policy own on users; create policy own on users using (id = 2);'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const text = what(change, step);
      if (text === null) continue;
      yield {
        message: `${text}: running code that relies on the old privileges fails.`,
        remedy: { text: 'Revoke the privileges in a later migration, after the last code that uses them.', steps: [] },
        evidence: [change],
      };
    }
    for (const change of droppedPrivileges(step))
      yield {
        message: `The policy ${quote(change.policy)} of ${quoteRelation(change.relation)} is dropped: with row-level security enabled, roles see and change other rows than before.`,
        remedy: { text: 'Create the policy that replaces it in the same transaction.', steps: [] },
        evidence: [change],
      };
  },
});
