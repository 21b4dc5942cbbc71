import { parseNow } from './parse-now.ts';
import { as, constant, strings, type Tree } from './nodes.ts';

/** The text of `'…'`, of constants joined with ||, and of format() whose arguments are constants. */
export function constantText(expression: string | null): string | null {
  if (expression === null) return null;
  const [statement] = parseNow(`SELECT ${expression.replace(/^\s*select\b/i, '')}`) ?? [];
  const select = statement ? as(statement, 'SelectStmt') : undefined;
  const [target] = select?.targetList ?? [];
  return valueOf(as(target, 'ResTarget')?.val);
}

function valueOf(node: Tree | undefined): string | null {
  const own = constant(node);
  if (own !== null) return own;
  const operation = as(node, 'A_Expr');
  if (operation && strings(operation.name)[0] === '||') {
    const [left, right] = [valueOf(operation.lexpr), valueOf(operation.rexpr)];
    return left === null || right === null ? null : left + right;
  }
  const call = as(node, 'FuncCall');
  if (!call || strings(call.funcname).at(-1) !== 'format') return null;
  const values = (call.args ?? []).map(valueOf);
  if (values.some(value => value === null)) return null;
  const [pattern = '', ...rest] = values as string[];
  let at = 0;
  return pattern.replace(/%([%sIL])/g, (_, kind: string) => {
    if (kind === '%') return '%';
    const value = rest[at++] ?? '';
    return kind === 'I'
      ? `"${value.replaceAll('"', '""')}"`
      : kind === 'L'
        ? `'${value.replaceAll("'", "''")}'`
        : value;
  });
}
