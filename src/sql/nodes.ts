import { bare } from '../model/bare.ts';
import type { Node as Tree, RangeVar, TypeName } from '@pgsql/types';
import type { Node } from '../model/source.ts';
import type { TypeRef } from '../model/schema.ts';

export type { Tree, RangeVar, TypeName };
export type * as Pg from '@pgsql/types';

type Keys<T> = T extends unknown ? keyof T : never;
/** The name of a node: `AlterTableStmt`. */
export type Tag = Keys<Tree>;
/** The body of a node: `Body<'AlterTableStmt'>`. */
export type Body<K extends Tag> = Tree extends infer N ? (N extends Record<K, infer B> ? B : never) : never;

/** The one key of a node. */
export function tagOf(node: Tree | Node): Tag {
  for (const key in node) return key as Tag;
  throw new Error('a node of the parser has no tag');
}

/** The body when the node has this tag. */
export function as<K extends Tag>(node: Tree | Node | undefined | null, tag: K): Body<K> | undefined {
  return (node as Record<string, unknown> | undefined | null)?.[tag] as Body<K> | undefined;
}

/** The bodies of the nodes with this tag; others are left out. */
export function all<K extends Tag>(nodes: readonly Tree[] | undefined, tag: K): Body<K>[] {
  const bodies: Body<K>[] = [];
  for (const node of nodes ?? []) {
    const body = as(node, tag);
    if (body) bodies.push(body);
  }
  return bodies;
}

/** The text of String nodes: a dotted name, a column list. */
export function strings(nodes: readonly Tree[] | undefined): string[] {
  return all(nodes, 'String').map(string => string.sval ?? '');
}

/** The last two parts of a dotted name. */
export function qualified(nodes: readonly Tree[] | undefined): { schema: string | null; name: string } {
  const parts = strings(nodes);
  return { schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' };
}

/** The names in a list of dotted names, each of which is a List, a TypeName, an ObjectWithArgs or a String. */
export function dotted(node: Tree): { schema: string | null; name: string } {
  const list = as(node, 'List');
  if (list) return qualified(list.items);
  const type = as(node, 'TypeName');
  if (type) return qualified(type.names);
  const routine = as(node, 'ObjectWithArgs');
  if (routine) return qualified(routine.objname);
  return { schema: null, name: as(node, 'String')?.sval ?? '' };
}

/** The value of a constant: text, number as text, true or false; null when it is not a constant. */
export function constant(node: Tree | undefined): string | null {
  const value = as(node, 'A_Const');
  if (value) {
    if (value.sval) return value.sval.sval ?? '';
    if (value.ival) return String(value.ival.ival ?? 0);
    if (value.fval) return value.fval.fval ?? '0';
    if (value.boolval) return String(value.boolval.boolval ?? false);
    return null;
  }
  // The values of options: WITH (fillfactor = 70).
  const number = as(node, 'Integer');
  if (number) return String(number.ival ?? 0);
  const decimal = as(node, 'Float');
  if (decimal) return decimal.fval ?? '0';
  const cast = as(node, 'TypeCast');
  if (cast?.arg) return constant(cast.arg);
  return as(node, 'String')?.sval ?? null;
}

/** A constant, or a call without arguments, as SQL; null for every other expression. A cast is left out. */
export function spelled(node: Tree | undefined): string | null {
  const cast = as(node, 'TypeCast');
  if (cast) return spelled(cast.arg);
  const call = as(node, 'FuncCall');
  if (call) return call.args === undefined ? `${strings(call.funcname).join('.')}()` : null;
  const value = as(node, 'SQLValueFunction');
  if (value) return (value.op ?? '').replace(/^SVFOP_/, '').toLowerCase();
  const text = as(node, 'A_Const')?.sval?.sval;
  return text === undefined ? constant(node) : `'${text.replaceAll("'", "''")}'`;
}

export const isNullConstant = (node: Tree | undefined): boolean => {
  const cast = as(node, 'TypeCast');
  return cast ? isNullConstant(cast.arg) : as(node, 'A_Const')?.isnull === true;
};

/** The types that CREATE TABLE spells serial: not types, but an integer, a sequence and a default (manual, 8.1.4). */
const SERIAL: Readonly<Record<string, string>> = bare({
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
});

export const isSerial = (type: TypeName | undefined): boolean =>
  type?.names?.length === 1 && (strings(type.names)[0] ?? '') in SERIAL;

/** A type as written; `schema` is empty where the search path decides. */
export function typeRef(type: TypeName | undefined): TypeRef {
  const { schema, name } = qualified(type?.names);
  const mods = (type?.typmods ?? []).map(mod => Number(constant(mod) ?? 0));
  const array = (type?.arrayBounds?.length ?? 0) > 0;
  if (schema === null && name in SERIAL) return { schema: 'pg_catalog', name: SERIAL[name] ?? name, mods: [], array };
  // numeric(8) is numeric(8, 0) (numerictypmodin).
  if ((name === 'numeric' || name === 'decimal') && mods.length === 1) mods.push(0);
  if (name === 'interval') return { schema: schema ?? '', name, array, ...intervalMods(mods) };
  return { schema: schema ?? '', name, mods, array };
}

/** Bits of INTERVAL_MASK (datetime.h), in the order in which the fields are written. */
const INTERVAL_FIELDS: readonly (readonly [number, string])[] = [
  [2, 'year'],
  [1, 'month'],
  [3, 'day'],
  [10, 'hour'],
  [11, 'minute'],
  [12, 'second'],
];
const EVERY_FIELD = 0x7fff;

/** The grammar puts a mask of fields before an interval's precision. */
function intervalMods([mask, ...precision]: readonly number[]): Pick<TypeRef, 'mods' | 'fields'> {
  if (mask === undefined || mask === EVERY_FIELD) return { mods: precision };
  const fields = INTERVAL_FIELDS.filter(([bit]) => mask & (1 << bit)).map(([, field]) => field);
  const [first, last] = [fields[0], fields.at(-1)];
  return { mods: precision, fields: first === last ? (first ?? '') : `${first ?? ''} to ${last ?? ''}` };
}

/** Calls `visit` for every node below and including this one; stops below a node for which it returns false. */
export function walk(node: unknown, visit: (tag: Tag, body: never) => boolean): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  for (const key in node) {
    const value: unknown = node[key as never];
    if (value === null || typeof value !== 'object') continue;
    if (isTag(key) && !visit(key as Tag, value as never)) continue;
    walk(value, visit);
  }
}

/** Whether a node of one of these tags is below, or is, this one. */
export function holds(node: unknown, tags: readonly Tag[]): boolean {
  let isFound = false;
  walk(node, tag => {
    isFound ||= tags.includes(tag);
    return !isFound;
  });
  return isFound;
}

/** Only the names of nodes begin with a capital. */
const isTag = (key: string): boolean => key.charCodeAt(0) <= 90;

/** Columns named anywhere in an expression, without their table. */
export function columnsIn(node: unknown): string[] {
  const columns = new Set<string>();
  walk(node, (tag, body) => {
    if (tag === 'ColumnRef') {
      const name = strings((body as Body<'ColumnRef'>).fields).at(-1);
      if (name !== undefined) columns.add(name);
    }
    return true;
  });
  return [...columns];
}
