import type { Change } from '../../model/effect.ts';
import { hasRoutine, hasType } from '../../catalog/named.ts';
import { unseenFunction } from '../../catalog/uncertain.ts';
import type { Catalog } from '../../model/schema.ts';
import { qualified, walk, type Body, type Tag } from '../../sql/nodes.ts';
import { isBuiltin as isBuiltinType } from '../coercion.ts';
import { originOf } from '../known-functions.ts';
import type { Reading } from '../reader.ts';
import { EXTENSION_TYPES } from '../../catalog/data/extension-types.ts';

/** Statements that evaluate what they call, at once. */
const EVALUATES: ReadonlySet<Tag> = new Set<Tag>([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CreateTableAsStmt',
]);
/** Statements whose expressions are parsed, so that a function has to be there (ParseFuncOrColumn, parse_func.c). */
const PARSES: ReadonlySet<Tag> = new Set<Tag>([
  ...EVALUATES,
  'CreateStmt',
  'AlterTableStmt',
  'IndexStmt',
  'ViewStmt',
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'CreateDomainStmt',
  'AlterDomainStmt',
]);

/** Functions that a statement calls and that neither the migrations nor the oldest server bring. */
export function unknownFunctions(tag: Tag, body: unknown, { catalog }: Reading): Change[] {
  if (!PARSES.has(tag)) return [];
  const unknown = new Map<string, Change>();
  walk(body, (inner, call) => {
    if (inner !== 'FuncCall') return true;
    const { funcname, funcformat } = call as Body<'FuncCall'>;
    const { schema, name } = qualified(funcname);
    if (funcformat === 'COERCE_SQL_SYNTAX' || unknown.has(name)) return true;
    const change = changeFor(schema, name, EVALUATES.has(tag), catalog);
    if (change && !isDefined(name, catalog)) unknown.set(name, change);
    return true;
  });
  return [...unknown.values()];
}

function changeFor(schema: string | null, name: string, evaluates: boolean, catalog: Catalog): Change | null {
  const origin = originOf(schema, name);
  if (origin?.in === 'platform') return null;
  if (origin?.in === 'server')
    return origin.since === null ? null : { kind: 'need-function', name, since: origin.since, extension: null };
  if (origin?.in === 'extension') {
    const { extension } = origin;
    return !origin.contrib || schema !== null || catalog.extensions.has(extension)
      ? null
      : { kind: 'need-function', name, since: null, extension };
  }
  // What an extension that is not known here brings, is.
  if (evaluates)
    return {
      kind: 'opaque',
      because: `${schema === null ? '' : `${schema}.`}${name}() is defined neither in the migrations nor by Postgres: what it does is not known`,
      dynamic: false,
      beside: true,
    };
  return schema === null ? { kind: 'need-function', name, since: null, extension: null } : null;
}

/** By a migration, in whichever schema; or it is a type, and the call a cast (func_get_detail, parse_func.c). */
const isDefined = (name: string, catalog: Catalog): boolean =>
  catalog.uncertain.has(unseenFunction(name)) ||
  EXTENSION_TYPES.has(name) ||
  isBuiltinType({ schema: 'pg_catalog', name, mods: [], array: false }) ||
  hasRoutine(name, catalog) ||
  hasType(name, catalog);
