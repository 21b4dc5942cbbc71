import type { Change, ChangeOf, Relation } from '../../model/effect.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import { parentsOf } from '../../catalog/edit.ts';
import { keyOf, type Constraint, type Table } from '../../model/schema.ts';
import { indexDependents, tablesWithDependents } from '../../catalog/index-dependents.ts';
import { childrenOf } from '../../catalog/related-tables.ts';
import { addForeignKey } from './foreign-keys.ts';
import { isKey, key } from './keys.ts';
import { lacking, present, isTaken, whole } from './seen-relations.ts';
import { notATable } from './not-a-table.ts';
import { errorOf, type PredictedError, type ErrorTable, type ErrorContext } from './predicted-error.ts';

interface OfConstraint {
  readonly relation: Relation;
  readonly constraint: string;
}

/** Since 18 NOT NULL is a constraint with a name (pg_constraint.contype n), which the catalog does not keep. */
const mayBeNotNull = (table: Table, name: string, pg: number): boolean =>
  pg >= 18 && (/_not_null\d*$/.test(name) || table.columns.some(column => column.notNullNamed));

function exists(
  { relation, constraint, lenient }: Change & OfConstraint,
  { catalog, pg }: ErrorContext,
): PredictedError | null {
  const table = lenient ? undefined : whole(relation, catalog);
  return table && !table.constraints.some(({ name }) => name === constraint) && !mayBeNotNull(table, constraint, pg)
    ? errorOf('42704', `${relation.name} has no constraint ${constraint}`)
    : null;
}

/** A check of a constraint that is there. */
const constraint =
  <C extends OfConstraint>(
    check: (existing: Constraint, change: C, table: Table, at: ErrorContext) => PredictedError | null,
  ) =>
  (change: C, at: ErrorContext): PredictedError | null => {
    const table = present(change.relation, at.catalog);
    const existing = table?.constraints.find(({ name }) => name === change.constraint);
    return table && existing ? check(existing, change, table, at) : null;
  };

/** A check of its own that a parent has too is no less inherited (pg_constraint.coninhcount). */
const isInherited = ({ name, type, inheritedOnly }: Constraint, table: Table, { catalog }: ErrorContext): boolean =>
  inheritedOnly === true ||
  table.indexes.some(index => index.constraint === name && index.parent !== undefined) ||
  (type === 'check' &&
    parentsOf(table).some(parent =>
      catalog.relations
        .get(parent)
        ?.constraints.some(own => own.name === name && own.type === 'check' && !own.noInherit),
    ));

const notInherited = (what: string): ((change: OfConstraint, at: ErrorContext) => PredictedError | null) =>
  constraint((existing, _, table, at) =>
    isInherited(existing, table, at) ? errorOf('42P16', `cannot ${what} inherited constraint ${existing.name}`) : null,
  );

function check(
  { relation, constraint: added, only }: ChangeOf<'add-constraint'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  if (added.type !== 'check') return null;
  const missing = lacking(whole(relation, catalog), added.columns);
  if (missing !== undefined) return errorOf('42703', `${relation.name} has no column ${missing}`);
  if (added.noInherit && relation.kind === 'partitioned-table')
    return errorOf('42P16', `${relation.name} is partitioned: its constraints are inherited`);
  return only && !added.noInherit && childrenOf(relation, catalog).length > 0
    ? errorOf('42P16', `the children of ${relation.name} must also have the constraint`)
    : null;
}

function isNew(
  { relation, constraint: added }: ChangeOf<'add-constraint'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const existing = present(relation, catalog)?.constraints.find(({ name }) => name === added.name);
  // A check under the name of an inherited one is merged with it.
  const merged = existing?.inheritedOnly && existing.type === added.type;
  return added.named && existing && !merged && added.usingIndex === null
    ? errorOf('42710', `${relation.name} already has a constraint ${added.name}`)
    : null;
}

/** Foreign keys that rest on the key go only on CASCADE. */
const reliedOn = constraint<ChangeOf<'drop-constraint'>>((existing, { cascade }, table, { catalog }) => {
  const index =
    cascade || !isKey(existing) ? undefined : table.indexes.find(candidate => candidate.constraint === existing.name);
  if (!index) return null;
  const rests = indexDependents(catalog, keyOf(table), index.name);
  const other = tablesWithDependents(catalog, keyOf(table), index.name).find(
    one =>
      isCertain(keyOf(one), catalog) && one.constraints.some(candidate => candidate !== existing && rests(candidate)),
  );
  return other ? errorOf('2BP01', `a foreign key of ${other.name} depends on it`) : null;
});

export const constraints: ErrorTable = {
  'add-constraint': [notATable, isNew, check, key, addForeignKey],
  'validate-constraint': [
    exists,
    constraint(existing =>
      isKey(existing)
        ? errorOf('42809', `${existing.name} is neither a foreign key nor a check, and is always valid`)
        : null,
    ),
    constraint(({ name, type, valid, noInherit }, { only }: ChangeOf<'validate-constraint'>, table, { catalog }) =>
      only && !valid && !noInherit && type !== 'foreign-key' && catalog.children.has(keyOf(table))
        ? errorOf('42P16', `${name} must be validated on child tables too`)
        : null,
    ),
  ],
  'drop-constraint': [exists, notInherited('drop'), reliedOn],
  'rename-constraint': [
    exists,
    // Of keys and foreign keys only the tie to the parent's is inherited (rename_constraint_internal).
    constraint(({ name, type, inheritedOnly }) =>
      type === 'check' && inheritedOnly ? errorOf('42P16', `cannot rename inherited constraint ${name}`) : null,
    ),
    constraint(({ name, ...existing }, { to }: ChangeOf<'rename-constraint'>, table, { catalog }) =>
      table.constraints.some(other => other.name === to) ||
      (isKey({ name, ...existing }) && isTaken({ schema: table.schema, name: to }, catalog))
        ? errorOf('42710', `a constraint ${to} already exists`)
        : null,
    ),
  ],
  'alter-constraint': [
    exists,
    constraint((existing, { enforced, deferrable }: ChangeOf<'alter-constraint'>, table, at) => {
      if (enforced === null && deferrable === null) return null;
      if (existing.type !== 'foreign-key') return errorOf('42809', `${existing.name} is not a foreign key`);
      return isInherited(existing, table, at)
        ? errorOf('55000', `${existing.name} is inherited from its parent`)
        : null;
    }),
  ],
};
