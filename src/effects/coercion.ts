import { CASTS, isCertain } from '../catalog/uncertain.ts';
import { keyOf, type Catalog, type TypeRef } from '../model/schema.ts';
import { ASSIGNMENT_CASTS, DEFAULT_CLASSES, IMPLICIT_CASTS, PLAIN_TYPES, TYPES } from './data/type-data.ts';
import { words } from './data/words.ts';

/** Null where the type, or a cast of it, may be one that is not known. */
export type Answer = boolean | null;

const lazily = (text: string): (() => ReadonlySet<string>) => {
  let set: ReadonlySet<string> | null = null;
  return () => (set ??= new Set(words(text)));
};
const implicitCasts = lazily(IMPLICIT_CASTS);
const assignmentCasts = lazily(ASSIGNMENT_CASTS);
const builtin = lazily(TYPES);
/** A type that every server has; what is not found on the search path is looked for there, too. */
export const isBuiltin = ({ schema, name }: TypeRef): boolean => schema === 'pg_catalog' && builtin().has(name);
const plain = lazily(PLAIN_TYPES);
const classes = lazily(DEFAULT_CLASSES);

type Kind = 'builtin' | 'enum' | 'composite' | 'range';
interface Plain {
  readonly type: TypeRef;
  readonly kind: Kind;
}

/** Without its domains; null where it is not known. */
function plainType(type: TypeRef, catalog: Catalog): Plain | null {
  const own = catalog.types.get(keyOf(type));
  if (own?.kind === 'domain') return own.base && !type.array ? plainType(own.base, catalog) : null;
  if (own) return own.kind === 'base' ? null : { type, kind: own.kind };
  return isBuiltin(type) ? { type, kind: 'builtin' } : null;
}

const STRINGS: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'name']);
const isString = ({ type, kind }: Plain): boolean => kind === 'builtin' && !type.array && STRINGS.has(type.name);

/** Is there a cast that needs not be written (find_coercion_pathway, parse_coerce.c)? */
function casts(from: TypeRef, to: TypeRef, catalog: Catalog, assigned: boolean): Answer {
  const [source, goal] = [plainType(from, catalog), plainType(to, catalog)];
  if (!source || !goal || !isCertain(CASTS, catalog)) return null;
  if (keyOf(source.type) === keyOf(goal.type) && source.type.array === goal.type.array) return true;
  if (source.type.array && goal.type.array)
    return casts({ ...source.type, array: false }, { ...goal.type, array: false }, catalog, assigned);
  if (assigned && isString(goal)) return true;
  // Up to 14 it is a string, too (pg_type.typcategory).
  if (assigned && goal.kind === 'builtin' && goal.type.name === 'char') return null;
  if (source.type.array || goal.type.array || source.kind !== 'builtin' || goal.kind !== 'builtin') return false;
  const pair = `${source.type.name}>${goal.type.name}`;
  return implicitCasts().has(pair) || (assigned && assignmentCasts().has(pair));
}

/** May a value of one type be put into a column of another without a written cast? */
export const assigns = (from: TypeRef, to: TypeRef, catalog: Catalog): Answer => casts(from, to, catalog, true);

/** Types that one operator family of btree compares with each other (pg_amop). */
const FAMILIES: readonly ReadonlySet<string>[] = [
  new Set(['int2', 'int4', 'int8']),
  new Set(['float4', 'float8']),
  new Set(['text', 'varchar', 'name']),
  new Set(['date', 'timestamp', 'timestamptz']),
  new Set(['inet', 'cidr']),
];

/** Types that operators compare with each other, or with a cast that need not be written (pg_operator). */
const COMPARED: readonly ReadonlySet<string>[] = [
  new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8']),
  STRINGS,
  new Set(['date', 'timestamp', 'timestamptz']),
  new Set(['inet', 'cidr']),
  new Set(['bit', 'varbit']),
  new Set(['time', 'timetz', 'interval']),
];

/** Types of which it was seen that no operator compares one with another, but those of one set of COMPARED. */
const APART: ReadonlySet<string> = new Set(
  words('bool bytea date int2 int4 int8 json jsonb numeric text timestamp timestamptz uuid'),
);

/**
 * Does an expression that compares a column with values of its type still parse when the column has another type? Of a
 * varchar it does: such an expression has the cast to text in it.
 */
export function comparesStill(from: TypeRef, to: TypeRef, catalog: Catalog): Answer {
  const [source, goal] = [plainType(from, catalog), plainType(to, catalog)];
  if (!source || !goal) return null;
  if (keyOf(source.type) === keyOf(goal.type) && source.type.array === goal.type.array) return true;
  if (source.kind === 'builtin' && source.type.name === 'varchar' && !source.type.array) return true;
  if (source.type.array || goal.type.array) return null;
  if (source.kind === 'builtin' && goal.kind === 'builtin') {
    const [old, now] = [source.type.name, goal.type.name];
    if (COMPARED.some(set => set.has(old) && set.has(now))) return true;
    return APART.has(old) && (APART.has(now) || now === 'varchar') ? false : null;
  }
  return source.kind === 'enum' || goal.kind === 'enum' ? false : null;
}

/** May a column of one type refer to a key of another (ATAddForeignKeyConstraint, tablecmds.c)? */
export function refers(from: TypeRef, to: TypeRef, catalog: Catalog): Answer {
  const [source, goal] = [plainType(from, catalog), plainType(to, catalog)];
  if (!source || !goal) return null;
  const together = (set: ReadonlySet<string>): boolean => set.has(source.type.name) && set.has(goal.type.name);
  const alike = source.kind === 'builtin' && goal.kind === 'builtin' && source.type.array === goal.type.array;
  if (alike && FAMILIES.some(together)) return true;
  if (source.type.array && goal.type.array) return keyOf(source.type) === keyOf(goal.type) ? true : null;
  // An index on varchar compares texts.
  const compared = goal.type.name === 'varchar' ? { ...goal.type, name: 'text' } : goal.type;
  return casts(source.type, compared, catalog, false);
}

/** Has the type a default operator class for the access method (GetDefaultOpClass, indexcmds.c)? */
export function hasClass(method: string, type: TypeRef, catalog: Catalog): Answer {
  const resolved = plainType(type, catalog);
  if (!resolved) return null;
  const isDefault = (name: string): boolean => classes().has(`${method}:${name}`);
  if (resolved.type.array) return isDefault('anyarray');
  if (resolved.kind !== 'builtin')
    return { enum: isDefault('anyenum'), composite: isDefault('record'), range: isDefault('anyrange') }[resolved.kind];
  if (resolved.type.name.endsWith('multirange')) return isDefault('anymultirange');
  if (resolved.type.name.endsWith('range')) return isDefault('anyrange');
  const { name } = resolved.type;
  if (name === 'varchar') return isDefault('text');
  if (name === 'cidr') return isDefault('inet');
  return isDefault(name) || (name.startsWith('reg') && isDefault('oid'));
}

/** Are its values always stored as they are (pg_type.typstorage p)? */
export function isPlain(type: TypeRef, catalog: Catalog): Answer {
  const resolved = plainType(type, catalog);
  if (!resolved) return null;
  return (
    !resolved.type.array &&
    (resolved.kind === 'enum' || (resolved.kind === 'builtin' && plain().has(resolved.type.name)))
  );
}
