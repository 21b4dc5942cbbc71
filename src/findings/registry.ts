import type { FindingKind, Kind } from '../model/finding-kind.ts';
import { ruleIds, rules, type RuleId } from '../rules/index.ts';
import { kindIds, kinds, type KindId } from './kinds/index.ts';

/** Everything that a report can name as `rule`. */
export type FindingId = RuleId | KindId;

/** All of them: first the rules, then the other kinds. */
export const findingKinds: readonly FindingKind<FindingId>[] = [...rules, ...kinds];

export const findingIds: readonly FindingId[] = [...ruleIds, ...kindIds];

const KINDS = Object.fromEntries(kinds.map(kind => [kind.id, kind])) as Readonly<Record<KindId, Kind>>;

export const kindNamed = (id: KindId): Kind => KINDS[id];

/** What a change does to merged files: it comes before all other findings, and is suppressed for a whole file. */
export const isOfHistory = (id: string): boolean => kinds.some(kind => kind.id === id && kind.group === 'history');
