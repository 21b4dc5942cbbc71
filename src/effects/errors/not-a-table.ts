import type { Relation } from '../../model/effect.ts';
import type { RelationKind } from '../../model/schema.ts';
import { present } from './seen-relations.ts';
import { refuse, type Refusal, type Refusing } from './predicted-error.ts';

export const spoken = (kind: RelationKind): string => kind.replace('-', ' ');

/** Kinds of relation that a change cannot be made of (ATSimplePermissions, tablecmds.c). */
export const never =
  (...kinds: readonly RelationKind[]) =>
  ({ relation }: { readonly relation: Relation }, { catalog }: Refusing): Refusal | null =>
    kinds.includes(relation.kind) && present(relation, catalog)
      ? refuse('42809', `${relation.name} is a ${spoken(relation.kind)}`)
      : null;

export const notATable = never('view', 'materialized-view', 'sequence');
