import type { Change, ChangeOf, Relation } from '../../model/effect.ts';
import { keyOf, type Column, type Table, type TypeRef } from '../../model/schema.ts';
import { childrenOf } from '../../catalog/related-tables.ts';
import { relationOf } from '../../catalog/edit.ts';
import { assigns, isPlain } from '../coercion.ts';
import { comparedWithOld } from './comparisons.ts';
import { retypedKeys } from './foreign-keys.ts';
import { columnNamed, inherits, isSystemColumn, lacking, present, whole } from './seen-relations.ts';
import { notATable, notAnIndex } from './not-a-table.ts';
import { madeAnew } from './part-indexes.ts';
import { defaultOf, untyped } from './values.ts';
import { errorOf, type PredictedError, type ErrorTable, type ErrorContext } from './predicted-error.ts';

interface OfColumn {
  readonly relation: Relation;
  readonly column: string;
}

const exists = (change: Change & OfColumn, { catalog }: ErrorContext): PredictedError | null =>
  !change.lenient && lacking(whole(change.relation, catalog), [change.column]) !== undefined
    ? errorOf('42703', `${change.relation.name} has no column ${change.column}`)
    : null;

/** A check of a column that is there. */
const column =
  <C extends OfColumn>(check: (column: Column, change: C, table: Table, at: ErrorContext) => PredictedError | null) =>
  (change: C, at: ErrorContext): PredictedError | null => {
    const table = present(change.relation, at.catalog);
    const existing = columnNamed(table, change.column);
    return table && existing ? check(existing, change, table, at) : null;
  };

/** Only through the parent is it altered in its children. */
const notInherited = (what: string): ((change: OfColumn, at: ErrorContext) => PredictedError | null) =>
  column(({ name, inheritedOnly }, _, table, { catalog }) =>
    inheritedOnly || inherits(table, name, catalog)
      ? errorOf('42P16', `cannot ${what} inherited column ${name}`)
      : null,
  );

/** Neither of the table nor of a partition below it. */
const notPartitionKey = (what: string): ((change: OfColumn, at: ErrorContext) => PredictedError | null) =>
  column(({ name }, _, table, { catalog }) => {
    const keyed = [relationOf(table), ...childrenOf(relationOf(table), catalog)].find(member =>
      present(member, catalog)?.partitioning?.columns.includes(name),
    );
    return keyed ? errorOf('42P16', `cannot ${what} ${name}, a part of the partition key of ${keyed.name}`) : null;
  });

function addColumn(
  { relation, column: { name }, lenient }: ChangeOf<'add-column'>,
  at: ErrorContext,
): PredictedError | null {
  const table = present(relation, at.catalog);
  if (table?.partitionOf) return errorOf('42809', `${relation.name} is a partition: columns are added to its parent`);
  if (table?.ofType) return errorOf('42809', `${relation.name} is a typed table: columns are added to its type`);
  if (isSystemColumn(name)) return errorOf('42701', `${name} is the name of a system column`);
  return columnNamed(table, name) && !lenient
    ? errorOf('42701', `${relation.name} already has a column ${name}`)
    : null;
}

function addIdentity(
  { relation, column, only }: ChangeOf<'add-column'>,
  { catalog, pg }: ErrorContext,
): PredictedError | null {
  // Partitions have it from their parent since 17.
  const spread = pg >= 17 && relation.kind === 'partitioned-table';
  return column.identity !== null && !only && !spread && childrenOf(relation, catalog).length > 0
    ? errorOf('42P16', `an identity column cannot be added to ${relation.name} together with its children`)
    : null;
}

/** What goes only on CASCADE (ATExecDropColumn, dependency.c). */
function dependentOn(
  { relation, column, cascade }: ChangeOf<'drop-column'>,
  { catalog, pg }: ErrorContext,
): PredictedError | null {
  const table = cascade ? undefined : present(relation, catalog);
  const generated = table?.columns.find(other => other.name !== column && other.generatedFrom?.includes(column));
  const trigger = table?.triggers.find(({ reads }) => reads.includes(column));
  const policy = table?.policies.find(({ reads }) =>
    reads.some(read => read.relation === keyOf(relation) && read.columns?.includes(column)),
  );
  // Up to 14 it goes without CASCADE.
  if (generated && pg >= 15) return errorOf('2BP01', `the generated column ${generated.name} depends on it`);
  if (trigger) return errorOf('2BP01', `the trigger ${trigger.name} depends on it`);
  return policy ? errorOf('2BP01', `the policy ${policy.name} depends on it`) : null;
}

const INTEGERS: ReadonlySet<string> = new Set(['int2', 'int4', 'int8']);

/** The type of a default that is spelled as SQL (ATExecAlterColumnType strips the cast to the column's type from it). */
const DEFAULTS: readonly (readonly [RegExp, string])[] = [
  [/^(true|false)$/, 'bool'],
  [/^\d{1,9}$/, 'int4'],
  [
    /^(now\(\)|current_timestamp|transaction_timestamp\(\)|statement_timestamp\(\)|clock_timestamp\(\))$/,
    'timestamptz',
  ],
  [/^gen_random_uuid\(\)$/, 'uuid'],
];

function defaultType({ default: columnDefault, type }: Column): TypeRef | null {
  const text = columnDefault?.text;
  // A cast that was written is taken off again where it leads to the new type (strip_implicit_coercions).
  if (text === undefined || columnDefault?.isNull || columnDefault?.through) return null;
  // A constant in quotes has taken the column's type.
  if (text.startsWith("'")) return type;
  const [, name] = DEFAULTS.find(([spelled]) => spelled.test(text)) ?? [];
  return name === undefined ? null : { schema: 'pg_catalog', name, mods: [], array: false };
}

const castable = column<ChangeOf<'retype-column'>>((existing, { to, using }, _, { catalog }) => {
  if (using === 'none' && assigns(existing.type, to, catalog) === false)
    return errorOf('42804', `${existing.name} cannot be cast to ${to.name} without USING`);
  if (existing.generated !== null) return null;
  const typeOfDefault = defaultType(existing);
  return typeOfDefault && assigns(typeOfDefault, to, catalog) === false
    ? errorOf(
        '42804',
        `the default of ${existing.name} cannot be cast to ${to.name}: drop the default first and set it again afterwards`,
      )
    : null;
});

const addedIdentity = column<ChangeOf<'set-identity'>>((existing, { to, existed }, table, { pg }) => {
  if (existed || to === null) return null;
  const { name, type, notNull, identity } = existing;
  if (type.schema === 'pg_catalog' && (type.array || !INTEGERS.has(type.name)))
    return errorOf('22023', 'an identity column must be smallint, integer or bigint');
  if (pg >= 17 && table.partitionOf)
    return errorOf('42P16', `${table.name} is a partition: the identity belongs to its parent`);
  if (identity) return errorOf('55000', `${name} is already an identity column`);
  if (existing.default && !existing.default.isNull) return errorOf('55000', `${name} has a default`);
  return notNull || !table.complete ? null : errorOf('55000', `${name} is not NOT NULL`);
});

const knownIdentity = column<ChangeOf<'set-identity'> & Change>(({ name, identity }, change, table, { pg }) => {
  if (!change.existed) return null;
  if (pg >= 17 && table.partitionOf)
    return errorOf('42P16', `${table.name} is a partition: the identity belongs to its parent`);
  return identity === null && table.complete && !change.lenient
    ? errorOf('55000', `${name} is not an identity column`)
    : null;
});

export const columns: ErrorTable = {
  'add-column': [
    notATable,
    addColumn,
    addIdentity,
    ({ column: added }, { catalog }) => untyped(added.type, catalog) ?? defaultOf(added, catalog),
    ({ relation, column: { name, mutable } }, { catalog }) =>
      mutable && present(relation, catalog)
        ? errorOf('42P17', `the generation expression of ${name} must be immutable`)
        : null,
  ],
  'drop-column': [
    notAnIndex,
    exists,
    notPartitionKey('drop'),
    notInherited('drop'),
    ({ relation, only }, { catalog }) =>
      only && relation.kind === 'partitioned-table' && childrenOf(relation, catalog).length > 0
        ? errorOf('42P16', `${relation.name} has partitions, which cannot keep the column`)
        : null,
    dependentOn,
  ],
  'rename-column': [
    exists,
    notInherited('rename'),
    ({ relation, to }, { catalog }) =>
      columnNamed(present(relation, catalog), to)
        ? errorOf('42701', `${relation.name} already has a column ${to}`)
        : null,
  ],
  'set-default': [
    notAnIndex,
    exists,
    column(({ name, identity, generated }) =>
      identity !== null || generated !== null
        ? errorOf('42601', `${name} is ${identity === null ? 'a generated' : 'an identity'} column`)
        : null,
    ),
    column<ChangeOf<'set-default'>>(({ type }, { default: to }, _, { catalog }) =>
      defaultOf({ type, default: to }, catalog),
    ),
  ],
  'retype-column': [
    notAnIndex,
    exists,
    ({ to }, { catalog }) => untyped(to, catalog),
    notPartitionKey('alter'),
    notInherited('alter'),
    column(({ name, identity }, { to }) =>
      identity !== null && to.schema === 'pg_catalog' && (to.array || !INTEGERS.has(to.name))
        ? errorOf('22023', `${name} is an identity column and must be smallint, integer or bigint`)
        : null,
    ),
    ({ relation, column: name }, { catalog }) => {
      const policy = present(relation, catalog)?.policies.find(({ reads }) =>
        reads.some(read => read.relation === keyOf(relation) && read.columns?.includes(name)),
      );
      return policy ? errorOf('0A000', `the policy ${policy.name} reads ${name}`) : null;
    },
    castable,
    comparedWithOld,
    retypedKeys,
    madeAnew,
  ],
  'set-not-null': [
    notAnIndex,
    exists,
    column<ChangeOf<'set-not-null'>>(({ notNull }, { relation, only }, _, { catalog, pg }) =>
      // Of a table with inheritance children it becomes NO INHERIT (ATExecSetNotNull).
      only && !notNull && pg >= 18 && relation.kind === 'partitioned-table' && childrenOf(relation, catalog).length > 0
        ? errorOf('42P16', `the children of ${relation.name} must also be NOT NULL`)
        : null,
    ),
  ],
  'drop-not-null': [
    notAnIndex,
    exists,
    column(({ name, identity }, _, table, { catalog }) => {
      if (identity !== null) return errorOf('42601', `${name} is an identity column`);
      if (
        table.constraints.some(({ type, columns: keyColumns }) => type === 'primary-key' && keyColumns.includes(name))
      )
        return errorOf('42P16', `${name} is in the primary key`);
      const parent = table.partitionOf ? catalog.relations.get(table.partitionOf.parent) : undefined;
      return parent && present(parent, catalog) && columnNamed(parent, name)?.notNull
        ? errorOf('42P16', `${name} is NOT NULL in ${parent.name}, the parent of the partition ${table.name}`)
        : null;
    }),
  ],
  'set-identity': [exists, addedIdentity, knownIdentity],
  'set-expression': [
    exists,
    column<ChangeOf<'set-expression'> & Change>(({ name, generated }, { to, lenient }, table) => {
      if (generated === null)
        return table.complete && !lenient ? errorOf('55000', `${name} is not a generated column`) : null;
      return generated === 'virtual' && to === null ? errorOf('0A000', `${name} is a virtual generated column`) : null;
    }),
  ],
  'set-column-statistics': [exists],
  'set-column-storage': [
    exists,
    column<ChangeOf<'set-column-storage'>>(({ name, type }, { what }, _, { catalog }) =>
      what === 'compression' && isPlain(type, catalog) === true
        ? errorOf('0A000', `the type ${type.name} of ${name} does not support compression`)
        : null,
    ),
  ],
};
