import { keyOf, type Catalog } from '../../model/schema.ts';
import { qualified, type Pg } from '../../sql/nodes.ts';
import { resolveName } from '../../catalog/resolve.ts';
import { routineKeys } from './named-routines.ts';
import { expressionsIn } from './reads.ts';

/** The name with the schema in which the migrations have a function of that name, where it is one. */
function boundCall(funcname: Pg.FuncCall['funcname'], catalog: Catalog): Pg.FuncCall['funcname'] {
  const { schema, name } = qualified(funcname);
  if (schema !== null) return funcname;
  const keys = routineKeys({ schema, name }, catalog);
  const [resolved, ...others] = new Set(keys.flatMap(key => catalog.routines.get(key)?.[0]?.schema ?? []));
  return resolved === undefined || others.length > 0
    ? funcname
    : [{ String: { sval: resolved } }, { String: { sval: name } }];
}

/** A copy of statements that are parsed when they are written: tables and functions are those that the names mean now. */
export function bound<T>(nodes: T, catalog: Catalog): T {
  const expressions = new Set(expressionsIn(nodes));
  const copy = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map(item => copy(item, ''));
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copy(field, name)]));
    if (key === 'FuncCall')
      return { ...fields, funcname: boundCall(fields.funcname as Pg.FuncCall['funcname'], catalog) };
    const { relname, schemaname } = fields as { relname?: string; schemaname?: string };
    if ((key !== 'RangeVar' && key !== 'relation') || relname === undefined || schemaname !== undefined) return fields;
    const resolved = resolveName({ schema: null, name: relname }, catalog);
    return expressions.has(relname) || !catalog.relations.has(keyOf(resolved))
      ? fields
      : { ...fields, schemaname: resolved.schema };
  };
  return copy(nodes, '') as T;
}
