import type { FindingKind } from '../model/finding-kind.ts';
import { rules, type RuleId } from '../rules/index.ts';
import { KINDS, type KindId } from './kinds/index.ts';

/** Everything that a report can name as `rule`. */
export type FindingId = RuleId | KindId;

/** All of them: first the rules, then the other kinds. */
export const findingKinds: readonly FindingKind<FindingId>[] = [
  ...rules,
  ...(Object.keys(KINDS) as KindId[]).map(id => ({ id, ...KINDS[id] })),
];

export const findingIds: readonly FindingId[] = findingKinds.map(kind => kind.id);
