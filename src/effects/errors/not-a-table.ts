import { isCertain } from '../../catalog/uncertain.ts';
import { keyOf } from '../../model/schema.ts';
import type { Relation } from '../../model/effect.ts';
import type { RelationKind } from '../../model/schema.ts';
import { present } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorContext } from './predicted-error.ts';

export const kindName = (kind: RelationKind): string => kind.replace('-', ' ');

/** Kinds of relation that a change cannot be made of (ATSimplePermissions, tablecmds.c). */
export const never =
  (...kinds: readonly RelationKind[]) =>
  ({ relation }: { readonly relation: Relation }, { catalog }: ErrorContext): PredictedError | null =>
    kinds.includes(relation.kind) && present(relation, catalog)
      ? errorOf('42809', `${relation.name} is a ${kindName(relation.kind)}`)
      : null;

/** ALTER TABLE of an index: what only a table has. */
export const notAnIndex = (
  { relation }: { readonly relation: Relation },
  { catalog }: ErrorContext,
): PredictedError | null => {
  const key = keyOf(relation);
  const owner = catalog.relations.has(key) ? undefined : catalog.indexes.get(key);
  return owner !== undefined && isCertain(owner, catalog) ? errorOf('42809', `${relation.name} is an index`) : null;
};

const notAnother = never('view', 'materialized-view', 'sequence');

export const notATable = (change: { readonly relation: Relation }, at: ErrorContext): PredictedError | null =>
  notAnother(change, at) ?? notAnIndex(change, at);
