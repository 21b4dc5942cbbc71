import type { ChangeOf } from '../../model/effect.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import { keyOf, type Catalog, type Key, type Table } from '../../model/schema.ts';
import { defaultsFrom, parentsOf, referencing } from '../../catalog/edit.ts';
import { ancestors, childrenOf, dependentViews, withInheritors } from '../../catalog/related-tables.ts';
import { sameType } from '../retype.ts';
import { callerOf, neededExtension } from './callers.ts';
import { never, notATable, kindName } from './not-a-table.ts';
import { lacking, present, presentAt, whole } from './seen-relations.ts';
import { values } from './values.ts';
import {
  errorOf,
  type ErrorChecks,
  type PredictedError,
  type ErrorTable,
  type ErrorContext,
} from './predicted-error.ts';

/** ALTER TABLE of a view: what a view has not. */
const NOT_OF_VIEWS: ReadonlySet<string> = new Set([
  'AT_AddColumn',
  'AT_DropColumn',
  'AT_AlterColumnType',
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_AddConstraint',
  'AT_DropConstraint',
  'AT_ValidateConstraint',
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_AddInherit',
  'AT_AttachPartition',
  'AT_EnableRowSecurity',
  'AT_ReplicaIdentity',
  'AT_ClusterOn',
]);

const outside = (keys: readonly Key[] | undefined, table: Table, catalog: Catalog): boolean =>
  !(keys ?? []).includes(keyOf(table)) && isCertain(keyOf(table), catalog);

/** A sequence of a column: an identity's goes with it alone, any other on CASCADE. */
function numbered(
  { relation, cascade, beside }: ChangeOf<'drop-relation'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const { ownedBy } = present(relation, catalog) ?? {};
  const owner = ownedBy ? presentAt(ownedBy.table, catalog) : undefined;
  const column = owner?.columns.find(({ name }) => name === ownedBy?.column);
  if (owner && column && ownedBy?.identity && !(beside ?? []).includes(keyOf(owner)))
    return errorOf('2BP01', `the identity column ${column.name} of ${owner.name} needs it`);
  const user = cascade
    ? undefined
    : defaultsFrom(catalog, keyOf(relation)).find(table => outside(beside, table, catalog));
  return user ? errorOf('2BP01', `a default of ${user.name} calls it`) : null;
}

/** What depends on a relation, and is not dropped with it. */
function neededBy(
  { relation, cascade, beside }: ChangeOf<'drop-relation'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  if (cascade || !present(relation, catalog)) return null;
  const heir = relation.kind === 'partitioned-table' ? undefined : childrenOf(relation, catalog)[0];
  if (heir && !(beside ?? []).includes(keyOf(heir))) return errorOf('2BP01', `${heir.name} inherits from it`);
  const within = new Set(withInheritors(relation, catalog).map(keyOf));
  const key = ancestors(relation, catalog)
    .flatMap(parent => referencing(catalog, keyOf(parent)))
    .find(table => !within.has(keyOf(table)) && outside(beside, table, catalog));
  if (key) return errorOf('2BP01', `a foreign key of ${key.name} to its parent depends on it`);
  const [view] = dependentViews(keyOf(relation), catalog).filter(
    ({ schema, name }) =>
      !(beside ?? []).includes(keyOf({ schema, name })) && isCertain(keyOf({ schema, name }), catalog),
  );
  if (view) return errorOf('2BP01', `the view ${view.name} reads it`);
  const owned = withInheritors(relation, catalog).flatMap(member =>
    catalog.relations.values().filter(({ ownedBy }) => ownedBy?.table === keyOf(member)),
  );
  const user = owned
    .flatMap(sequence => defaultsFrom(catalog, keyOf(sequence)))
    .find(table => keyOf(table) !== keyOf(relation) && outside(beside, table, catalog));
  return user ? errorOf('2BP01', `a default of ${user.name} calls its sequence`) : null;
}

/** TRUNCATE of a table that another refers to, which is not truncated with it (heap_truncate_check_FKs). */
function referredTo(
  { relation, cascade, beside, only }: ChangeOf<'truncate'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  if (cascade || !present(relation, catalog)) return null;
  const members = only ? [relation] : withInheritors(relation, catalog);
  const truncated = new Set([...beside, ...members.map(keyOf)]);
  const user = [...members, ...ancestors(relation, catalog)]
    .flatMap(member => referencing(catalog, keyOf(member)))
    .find(
      table => !truncated.has(keyOf(table)) && isCertain(keyOf(table), catalog) && !below(table, truncated, catalog),
    );
  return user ? errorOf('0A000', `a foreign key of ${user.name} references it`) : null;
}

/** Partitions and children go with what is named. */
const below = (table: Table, truncated: ReadonlySet<Key>, catalog: Catalog): boolean =>
  parentsOf(table).some(parent => {
    const above = catalog.relations.get(parent);
    return truncated.has(parent) || (above !== undefined && below(above, truncated, catalog));
  });

function emptied({ schema, cascade }: ChangeOf<'drop-schema'>, { catalog }: ErrorContext): PredictedError | null {
  if (cascade || !isCertain(schema, catalog)) return null;
  const content = [...catalog.relations.values(), ...catalog.types.values()].find(
    one => one.schema === schema && isCertain(keyOf(one), catalog),
  );
  return content ? errorOf('2BP01', `it contains ${content.name}`) : null;
}

/** CREATE OR REPLACE VIEW only adds columns, after those that are there (checkViewColumns, view.c). */
function replaced(
  { relation, view, replaces }: ChangeOf<'create-view'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const before = replaces ? present(relation, catalog) : undefined;
  if (before?.kind !== 'view' || !before.yields || !view.yields) return null;
  for (const [nth, column] of before.yields.entries()) {
    const now = view.yields[nth];
    if (!now) return errorOf('42P16', `cannot drop columns from view ${before.name}`);
    if (column.name !== null && now.name !== null && now.name !== column.name)
      return errorOf('42P16', `cannot change name of view column "${column.name}" to "${now.name}"`);
    if (column.type && now.type && !sameType(column.type, now.type))
      return errorOf('42P16', `cannot change data type of view column "${column.name ?? ''}"`);
  }
  return null;
}

/** What calls a function, and does not go with it; which overload of several is called is not kept. */
function called({ key, cascade }: ChangeOf<'drop-routine'>, { catalog, pg }: ErrorContext): PredictedError | null {
  if (cascade || catalog.routines.get(key)?.length !== 1) return null;
  const caller = callerOf(key, catalog, pg);
  return caller === null ? null : errorOf('2BP01', `${caller} depends on it`);
}

const knownColumns: ErrorChecks<'change-rows'> = [
  never('sequence', 'materialized-view'),
  ({ relation, columns }, { catalog }) => {
    const missing = lacking(whole(relation, catalog), columns);
    return missing === undefined ? null : errorOf('42703', `${relation.name} has no column ${missing}`);
  },
];

/** Relations of the wrong kind, and what depends on one. */
export const relations: ErrorTable = {
  'create-view': [replaced],
  'alter-view': [
    ({ relation, what }, { catalog }) =>
      NOT_OF_VIEWS.has(what) && present(relation, catalog)
        ? errorOf('42809', `${relation.name} is a ${kindName(relation.kind)}`)
        : null,
  ],
  'drop-relation': [
    ({ relation, called }, { catalog }) =>
      called && present(relation, catalog)
        ? errorOf('42809', `${relation.name} is a ${kindName(relation.kind)}, not a ${kindName(called)}`)
        : null,
    numbered,
    neededBy,
  ],
  'move-relation': [
    ({ relation }, { catalog }) =>
      present(relation, catalog)?.ownedBy && relation.kind === 'sequence'
        ? errorOf('0A000', `${relation.name} moves with the column that owns it`)
        : null,
  ],
  'set-options': [
    ({ relation, options }, { catalog, pg }) =>
      relation.kind === 'partitioned-table' &&
      present(relation, catalog) &&
      Object.values(options).some(value => value !== null)
        ? errorOf(pg >= 16 ? '42809' : '22023', `${relation.name} is partitioned: only its partitions have storage`)
        : null,
  ],
  'set-owner': [
    ({ relation }, { catalog }) =>
      relation.kind === 'sequence' && present(relation, catalog)?.ownedBy
        ? {
            ...errorOf('0A000', `${relation.name} has the owner of the table that owns it`),
            because: 'it may already have the new owner',
          }
        : null,
  ],
  'set-persistence': [never('view', 'materialized-view', 'foreign-table')],
  'set-row-security': [notATable],
  'alter-sequence': [
    ({ relation, ownedBy, what }, { catalog }) => {
      const sequence = present(relation, catalog);
      if (!sequence || what !== 'owned-by') return null;
      if (sequence.ownedBy?.identity) return errorOf('0A000', `${sequence.name} is the sequence of an identity column`);
      const owner = ownedBy && presentAt(ownedBy.table, catalog);
      return owner && owner.schema !== sequence.schema
        ? errorOf('55000', `${sequence.name} and ${owner.name} are not in the same schema`)
        : null;
    },
  ],
  truncate: [never('view', 'materialized-view', 'sequence'), referredTo],
  'drop-schema': [emptied],
  'drop-routine': [called],
  'drop-extension': [neededExtension],
  'change-rows': [...knownColumns, ...values],
};
