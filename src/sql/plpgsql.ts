import { parsePlPgSQLSync } from 'libpg-query';
import { parseNow } from './parse-now.ts';
import { as, constant, strings, type Tree } from './nodes.ts';

/** A statement that a body runs: `sql` is null when it is put together at run time. */
export interface Part {
  readonly sql: string | null;
  readonly dynamic: boolean;
}

/** The SQL that a PL/pgSQL body runs, in order; every branch counts. The parser's message when it does not parse. */
export function plpgsqlStatements(body: string): Part[] | string {
  const tag = ['$body$', '$migration_gate$'].find(mark => !body.includes(mark));
  if (tag === undefined) return 'its dollar quotes cannot be told apart';
  let message = '';
  for (const returns of RETURNS) {
    try {
      const parts: Part[] = [];
      collect(
        parsePlPgSQLSync(`CREATE FUNCTION body() RETURNS ${returns} LANGUAGE plpgsql AS ${tag}${body}${tag}`),
        parts,
      );
      return parts;
    } catch (error) {
      message ||= error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    }
  }
  return message;
}

/** What a body returns decides which RETURN it may hold; a DO block returns nothing. */
const RETURNS = ['void', 'int4', 'SETOF int4', 'trigger'];

const queryOf = (expression: unknown): string | null => {
  const { PLpgSQL_expr: expr } = (expression ?? {}) as { PLpgSQL_expr?: { query?: string } };
  return expr?.query ?? null;
};

function collect(node: unknown, parts: Part[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, parts);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node as Record<string, Record<string, unknown> | null>)) {
    if (value === null || typeof value !== 'object') continue;
    if (key === 'PLpgSQL_stmt_execsql') parts.push({ sql: queryOf(value.sqlstmt), dynamic: false });
    else if (key === 'PLpgSQL_stmt_perform')
      parts.push({ sql: (queryOf(value.expr) ?? '').replace(/^\s*perform\b/i, 'SELECT'), dynamic: false });
    else if (key === 'PLpgSQL_stmt_call') parts.push({ sql: queryOf(value.expr), dynamic: false });
    else if (key === 'PLpgSQL_stmt_dynexecute') parts.push({ sql: constantText(queryOf(value.query)), dynamic: true });
    collect(value, parts);
  }
}

/** The text of `'…'`, of constants joined with ||, and of format() whose arguments are constants. */
function constantText(expression: string | null): string | null {
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
