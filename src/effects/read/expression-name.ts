import { bare } from '../../model/bare.ts';
import { as, strings, tagOf, type Tree } from '../../sql/nodes.ts';

/** Expressions that are called by their own kind (FigureColnameInternal, parse_target.c). */
const BY_KIND: Readonly<Record<string, string>> = bare({
  CoalesceExpr: 'coalesce',
  A_ArrayExpr: 'array',
  RowExpr: 'row',
  GroupingFunc: 'grouping',
});

/** What Postgres calls an expression without a name, as a column of an index; null where it says `expr`. */
export function expressionName(expression: Tree | undefined): string | null {
  return figured(expression)?.name ?? null;
}

/** `weak`: a name that the type of a cast around it may take the place of. */
interface Figured {
  readonly name: string;
  readonly weak: boolean;
}

function figured(node: Tree | undefined): Figured | null {
  if (!node) return null;
  const figuredAs = (name: string | undefined): Figured | null => (name === undefined ? null : { name, weak: false });
  const column = as(node, 'ColumnRef');
  if (column) return figuredAs(strings(column.fields).at(-1));
  const field = as(node, 'A_Indirection');
  if (field) return figuredAs(strings(field.indirection).at(-1)) ?? figured(field.arg);
  const call = as(node, 'FuncCall');
  if (call) return figuredAs(strings(call.funcname).at(-1));
  const collated = as(node, 'CollateClause');
  if (collated) return figured(collated.arg);
  const cast = as(node, 'TypeCast');
  if (cast) {
    const inner = figured(cast.arg);
    const type = strings(cast.typeName?.names).at(-1);
    return inner && !inner.weak ? inner : type === undefined ? inner : { name: type, weak: true };
  }
  const choice = as(node, 'CaseExpr');
  if (choice) {
    const otherwise = figured(choice.defresult);
    return otherwise && !otherwise.weak ? otherwise : { name: 'case', weak: true };
  }
  if (as(node, 'A_Expr')?.kind === 'AEXPR_NULLIF') return figuredAs('nullif');
  const extreme = as(node, 'MinMaxExpr');
  if (extreme) return figuredAs(extreme.op === 'IS_GREATEST' ? 'greatest' : 'least');
  return figuredAs(BY_KIND[tagOf(node)]);
}
