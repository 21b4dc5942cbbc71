import type { Test } from '../../sql/guard.ts';
import { as, holds, qualified, strings, type Body, type Pg, type Tree } from '../../sql/nodes.ts';
import { dottedName } from '../../sql/dotted-name.ts';
import { parseNow } from '../../sql/parse-now.ts';
import type { Situation } from '../reader.ts';
import { ofOperator } from '../read/uses.ts';
import { locate } from '../../catalog/resolve.ts';
import { and, not, or, type Cell, type Row } from './cell.ts';
import { compared } from './compared.ts';
import { constantOf } from './constant-of.ts';
import { isOutside, mayBeOutside } from './outside.ts';
import { SYSTEM_ROWS } from './system-rows.ts';

/**
 * What a condition of a body comes to, where it asks the system catalogs for what the migrations make, or for the
 * server's version; null where the text does not tell.
 */
export function decide({ sql, bound }: Test, at: Situation): boolean | null {
  const [statement] = parseNow(`SELECT (${sql})`) ?? [];
  const [target] = as(statement, 'SelectStmt')?.targetList ?? [];
  const value = new Asking(at, bound).value(as(target, 'ResTarget')?.val, new Map());
  return value === undefined ? null : value === true;
}

/** The rows that names stand for; those of a query around it too. */
type Scope = ReadonlyMap<string, Row>;

class Asking {
  private readonly at: Situation;
  private readonly bound: Test['bound'];

  constructor(at: Situation, bound: Test['bound']) {
    this.at = at;
    this.bound = bound;
  }

  value(node: Tree | undefined, scope: Scope): Cell {
    const constant = as(node, 'A_Const');
    if (constant) return constantOf(constant);
    const column = as(node, 'ColumnRef');
    if (column) return this.columnValue(strings(column.fields), scope);
    const cast = as(node, 'TypeCast');
    if (cast) return this.cast(this.value(cast.arg, scope), cast.typeName);
    const boolean = as(node, 'BoolExpr');
    if (boolean) {
      const values = (boolean.args ?? []).map(argument => this.value(argument, scope));
      return boolean.boolop === 'NOT_EXPR' ? not(values[0]) : boolean.boolop === 'OR_EXPR' ? or(values) : and(values);
    }
    const test = as(node, 'NullTest');
    if (test) {
      const value = this.value(test.arg, scope);
      return value === undefined ? undefined : (value === null) === (test.nulltesttype === 'IS_NULL');
    }
    const operation = as(node, 'A_Expr');
    if (operation) return this.operation(operation, scope);
    const link = as(node, 'SubLink');
    if (link) return this.subquery(link, scope);
    const call = as(node, 'FuncCall');
    if (call) return this.call(call, scope);
    return as(node, 'SQLValueFunction')?.op === 'SVFOP_CURRENT_SCHEMA' ? this.schema() : undefined;
  }

  private columnValue(parts: readonly string[], scope: Scope): Cell {
    const column = parts.at(-1) ?? '';
    const row =
      parts.length > 1
        ? scope.get(parts.at(-2) ?? '')
        : [...scope.values()].findLast(table => Object.hasOwn(table, column));
    return row ? (Object.hasOwn(row, column) ? row[column] : undefined) : this.bound.get(parts.join('.'));
  }

  /** Only to types that leave a value as it is. */
  private cast(value: Cell, type: Pg.TypeName | undefined): Cell {
    const name = systemName(type?.names);
    if (name === null || type?.typmods || type?.arrayBounds) return undefined;
    if (name === 'regclass') return typeof value === 'string' ? (this.relation(value) ?? undefined) : value;
    if (name === 'text' || name === 'varchar' || name === 'name' || name === 'regnamespace' || name === 'oid')
      return value;
    // The text of a number is compared as a number.
    const isNumber =
      (name === 'int4' || name === 'int8') && typeof value === 'string' && /^(0|[1-9]\d{0,8})$/.test(value);
    return isNumber ? Number(value) : typeof value === 'string' ? undefined : value;
  }

  private operation({ kind, name, lexpr, rexpr }: Body<'A_Expr'>, scope: Scope): Cell {
    const operator = systemName(name) ?? '';
    if (operator === '' || this.at.catalog.support.has(ofOperator(operator))) return undefined;
    const leftValue = this.value(lexpr, scope);
    const meets = (right: Tree): Cell =>
      compared(operator, leftValue, this.value(right, scope), relation => this.relation(relation));
    const items = as(rexpr, 'List')?.items ?? as(rexpr, 'A_ArrayExpr')?.elements;
    switch (kind) {
      case 'AEXPR_OP':
      case 'AEXPR_LIKE':
        return rexpr ? meets(rexpr) : undefined;
      case 'AEXPR_IN':
        return operator === '=' ? or((items ?? []).map(meets)) : and((items ?? []).map(meets));
      case 'AEXPR_OP_ANY':
        return items ? or(items.map(meets)) : undefined;
      default:
        return undefined;
    }
  }

  private call({ funcname, args }: Body<'FuncCall'>, scope: Scope): Cell {
    const [first] = (args ?? []).map(argument => this.value(argument, scope));
    const name = systemName(funcname);
    if (name === null || this.isOwn(name)) return undefined;
    switch (name) {
      case 'to_regclass':
        return typeof first === 'string' ? this.relation(first) : undefined;
      case 'current_schema':
        return this.schema();
      case 'current_setting':
        return first === 'server_version_num' ? { major: this.at.pg } : undefined;
      default:
        return undefined;
    }
  }

  /** The migrations have a function of that name, which may be the one that is called. */
  private isOwn(name: string): boolean {
    return this.at.catalog.routines.values().some(overloads => overloads.some(routine => routine.name === name));
  }

  /** EXISTS (…), and `(SELECT value)`. */
  private subquery({ subLinkType, subselect }: Body<'SubLink'>, scope: Scope): Cell {
    const select = as(subselect, 'SelectStmt');
    if (select?.op !== 'SETOP_NONE') return undefined;
    if (subLinkType === 'EXISTS_SUBLINK') return this.exists(select, scope);
    const [target] = select.targetList ?? [];
    return subLinkType === 'EXPR_SUBLINK' && !select.fromClause
      ? this.value(as(target, 'ResTarget')?.val, scope)
      : undefined;
  }

  /** One row that meets all is enough; where none does, nobody outside may have made one. */
  private exists(select: Pg.SelectStmt, scope: Scope): Cell {
    const { groupClause, havingClause, limitCount, limitOffset, withClause, lockingClause, targetList } = select;
    if (groupClause || havingClause || limitCount || limitOffset || withClause || lockingClause) return undefined;
    // A function may return no row, or several; what may not be there meets nothing for certain.
    if (holds(targetList, ['FuncCall']) || this.at.catalog.uncertain.size > 0) return undefined;
    const rows = (select.fromClause ?? []).reduce<readonly Scope[] | null>(
      (scopes, item) => scopes && this.joined(scopes, item),
      [scope],
    );
    if (rows === null) return undefined;
    const met = or(rows.map(row => (select.whereClause ? this.value(select.whereClause, row) : true)));
    return met === true
      ? true
      : met === undefined || mayBeOutside(select, { catalog: this.at.catalog, bound: this.bound })
        ? undefined
        : false;
  }

  private joined(scopes: readonly Scope[], item: Tree): readonly Scope[] | null {
    const range = as(item, 'RangeVar');
    if (range) {
      const name = range.relname ?? '';
      const home = name.startsWith('pg_') ? 'pg_catalog' : 'information_schema';
      const isSystem = range.schemaname === home || (range.schemaname === undefined && home === 'pg_catalog');
      const { catalog } = this.at;
      const isHidden =
        range.schemaname === undefined &&
        locate({ schema: null, name }, catalog, key => catalog.relations.has(key)) !== null;
      if (isHidden || range.alias?.colnames) return null;
      const rows = isSystem ? SYSTEM_ROWS.get(name)?.(catalog) : undefined;
      if (!rows || scopes.length * rows.length > MOST) return null;
      const alias = range.alias?.aliasname ?? name;
      return scopes.flatMap(scope => rows.map(row => new Map([...scope, [alias, row]])));
    }
    const join = as(item, 'JoinExpr');
    if (!join?.larg || !join.rarg || join.jointype !== 'JOIN_INNER' || !join.quals || join.alias) return null;
    const leftScopes = this.joined(scopes, join.larg);
    const both = leftScopes && this.joined(leftScopes, join.rarg);
    return both?.filter(scope => this.value(join.quals, scope) !== false) ?? null;
  }

  /** The first schema of the search path that exists (manual, 9.26). */
  private schema(): Cell {
    const { searchPath, otherPaths, schemas } = this.at.catalog;
    const [first] = searchPath;
    // The path that nobody set begins with the schema of the user.
    if (first === 'public' && searchPath.length === 1 && schemas.size > 1) return undefined;
    return otherPaths.length === 0 && first !== undefined && schemas.has(first) ? first : undefined;
  }

  /** What a text names as `regclass`: null when there is none, undefined when others may have made it. */
  private relation(text: string): Cell {
    const { catalog } = this.at;
    const parts = dottedName(text);
    // An error before 16 (textToQualifiedNameList).
    if (parts === null) return this.at.pg < 16 ? undefined : null;
    const name = { schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' };
    const schema = locate(name, catalog, key => catalog.relations.has(key) || catalog.indexes.has(key));
    if (schema !== null) {
      const relation = `${schema}.${name.name}` as const;
      return catalog.uncertain.has(relation) ? undefined : { relation };
    }
    return isOutside(name, catalog) ? undefined : null;
  }
}

/** A name of the system: as it stands, or of pg_catalog. */
function systemName(names: readonly Tree[] | undefined): string | null {
  const { schema, name } = qualified(names);
  return schema === null || schema === 'pg_catalog' ? name : null;
}

/** Rows that are tried before the question is given up. */
const MOST = 200_000;
