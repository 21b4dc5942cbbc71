import { isCertain } from '../../catalog/uncertain.ts';
import type { ChangeOf } from '../../model/effect.ts';
import { keyOf, type Catalog, type Column, type TypeRef } from '../../model/schema.ts';
import { isBuiltin } from '../coercion.ts';
import { EXTENSION_TYPES } from '../../catalog/data/extension-types.ts';
import { columnNamed, isSystemColumn, present, whole } from './seen-relations.ts';
import { errorOf, type ErrorChecks, type PredictedError, type ErrorContext } from './predicted-error.ts';

/** A constant of an enum: one of its labels, which the transaction that adds it cannot use (enum_in, enum.c). */
function labelled(type: TypeRef, text: string, catalog: Catalog): PredictedError | null {
  const key = keyOf(type);
  const existing = isCertain(key, catalog) && !type.array ? catalog.types.get(key) : undefined;
  if (existing?.kind !== 'enum') return null;
  if (!existing.labels.includes(text)) return errorOf('22P02', `'${text}' is not a label of ${existing.name}`);
  return existing.fresh.includes(text) && existing.age !== 'this-transaction'
    ? errorOf('55P04', `'${text}' was added to ${existing.name} in this transaction`)
    : null;
}

const INTEGERS: ReadonlySet<string> = new Set(['int2', 'int4', 'int8']);

function constantOf(type: TypeRef, text: string, catalog: Catalog): PredictedError | null {
  if (type.schema === 'pg_catalog' && !type.array && INTEGERS.has(type.name) && !/^\s*[-+]?\d\w*\s*$/.test(text))
    return errorOf('22P02', `'${text}' is not a valid ${type.name}`);
  return labelled(type, text, catalog);
}

/** The default of a column, where it is a constant in quotes. */
export function defaultOf(
  { type, default: written }: Pick<Column, 'type' | 'default'>,
  catalog: Catalog,
): PredictedError | null {
  const [, text] = /^'(.*)'$/s.exec(written?.through ? '' : (written?.text ?? '')) ?? [];
  return text === undefined ? null : constantOf(type, text.replaceAll("''", "'"), catalog);
}

/** Names that other databases have for types, and the spellings of CREATE TABLE for a sequence: no types of Postgres. */
const FOREIGN: ReadonlySet<string> = new Set(
  (
    'serial serial2 serial4 serial8 bigserial smallserial datetime datetime2 smalldatetime string tinyint mediumint ' +
    'tinytext mediumtext longtext blob tinyblob mediumblob longblob clob nclob nvarchar nvarchar2 varchar2 number double ' +
    'unsigned uniqueidentifier ntext image binary varbinary year bool8 int1 int3 uint uint32 uint64 datetimeoffset rowversion'
  ).split(' '),
);

/** A type that nothing makes. */
export function untyped(type: TypeRef, catalog: Catalog): PredictedError | null {
  if (type.schema !== 'pg_catalog' || type.name === '' || isBuiltin(type) || type.name.startsWith('_')) return null;
  if (EXTENSION_TYPES.has(type.name) || catalog.partial.length > 0 || !isCertain(keyOf(type), catalog)) return null;
  const error = errorOf('42704', `the type ${type.name} does not exist`);
  return FOREIGN.has(type.name) ? error : { ...error, because: 'it may have been created outside the migrations' };
}

/** What CREATE TABLE itself says of its columns (transformCreateStmt, BuildDescForRelation). */
export function columnsOf(
  { table, repeated }: ChangeOf<'create-table'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  if (repeated !== undefined) return errorOf('42701', `${table.name} would have two columns ${repeated}`);
  const own = table.columns.filter(({ inheritedOnly }) => !inheritedOnly);
  const system = own.find(({ name }) => isSystemColumn(name));
  if (system) return errorOf('42701', `${system.name} is the name of a system column`);
  for (const column of own) {
    const error = untyped(column.type, catalog) ?? defaultOf(column, catalog) ?? identified(column);
    if (error) return error;
  }
  return null;
}

const identified = ({ name, identity, type }: Column): PredictedError | null =>
  identity !== null && type.schema === 'pg_catalog' && (type.array || !INTEGERS.has(type.name))
    ? errorOf('22023', `${name} is an identity column and must be smallint, integer or bigint`)
    : null;

const repeatedIn = (names: readonly string[]): string | undefined =>
  names.find((name, nth) => name !== '' && names.indexOf(name) < nth);

/** Of INSERT and UPDATE. */
export const values: ErrorChecks<'change-rows'> = [
  ({ columns, verb, relation }) => {
    const twice = verb === 'insert' || verb === 'update' ? repeatedIn(columns) : undefined;
    return twice === undefined
      ? null
      : errorOf(verb === 'insert' ? '42701' : '42601', `${relation.name}.${twice} is specified twice`);
  },
  // rewriteTargetListIU, rewriteHandler.c.
  ({ relation, generated }, { catalog }) =>
    generated !== undefined && (present(relation, catalog)?.kind ?? 'view') !== 'view'
      ? errorOf('428C9', `${relation.name}.${generated} is GENERATED ALWAYS and takes no other value than DEFAULT`)
      : null,
  ({ relation, excess }, { catalog }) =>
    excess !== undefined && excess > 0 && whole(relation, catalog)
      ? errorOf('42601', 'it has more values than columns')
      : null,
  ({ relation, meets }, { catalog }) => {
    const table = present(relation, catalog);
    for (const { column, text } of meets ?? []) {
      const type = columnNamed(table, column)?.type;
      const error = type ? labelled(type, text, catalog) : null;
      if (error) return error;
    }
    return null;
  },
];
