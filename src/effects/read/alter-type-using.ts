import type { ChangeOf } from '../../model/effect.ts';
import type { TypeRef } from '../../model/schema.ts';
import { as, strings, typeRef, type Pg, type Tree } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { resolveType } from '../../catalog/resolve.ts';

/** What USING does with the column: casts are no work where the types are alike (ATColumnChangeRequiresRewrite). */
export function usingExpression(
  expression: Pg.Node,
  column: string,
  at: Reading,
): Pick<ChangeOf<'retype-column'>, 'using' | 'through'> {
  const through: TypeRef[] = [];
  let inner: Tree | undefined = expression;
  for (let cast = as(inner, 'TypeCast'); cast; cast = as(inner, 'TypeCast')) {
    through.unshift(resolveType(typeRef(cast.typeName), at.catalog));
    inner = cast.arg;
  }
  if (strings(as(inner, 'ColumnRef')?.fields).at(-1) !== column) return { using: 'expression' };
  return { using: 'relabel', ...(through.length > 0 ? { through } : {}) };
}
