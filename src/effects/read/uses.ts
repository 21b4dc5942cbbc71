import type { Change } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type TypeRef } from '../../model/schema.ts';
import { as, strings, typeRef, walk, type Body, type Tag, type Tree } from '../../sql/nodes.ts';
import { resolveType } from '../../catalog/resolve.ts';
import { routineKeys } from './named-routines.ts';

/** Where the functions behind an operator are kept. */
export const ofOperator = (name: string): Key => `operator ${name}`;
/** Where the functions behind a type are kept. */
export const ofType = (type: { readonly schema: string; readonly name: string }): Key => `type ${keyOf(type)}`;
/** Where the functions of an operator class are kept, which an index that names it calls. */
export const ofOperatorClass = (name: string): Key => `operator class ${name}`;

interface Visitor {
  readonly call: (body: Body<'FuncCall'>) => void;
  /** Functions that run beside the calls: which of them do depends on the types. */
  readonly behind: (keys: readonly Key[]) => void;
}

/** Statements that a query holds are read for themselves. */
const STATEMENTS: ReadonlySet<Tag> = new Set<Tag>(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

const BETWEEN: readonly string[] = ['>=', '<='];

/** Walks an expression or query and shows what it calls: by name, by an operator, by a cast, and `row.function`. */
export function eachUse(node: unknown, catalog: Catalog, { call, behind }: Visitor): void {
  const { support } = catalog;
  const operator = (names: readonly string[]): void => {
    for (const name of names) behind(support.get(ofOperator(name)) ?? []);
  };
  const attribute = (name: string | undefined): void => {
    if (name !== undefined) behind(routineKeys({ schema: null, name }, catalog).filter(key => takesRow(key, catalog)));
  };
  const visits: { readonly [K in Tag]?: (body: Body<K>) => void } = {
    FuncCall: call,
    A_Expr: ({ kind, name }) => operator(kind?.includes('BETWEEN') ? BETWEEN : strings(name).slice(-1)),
    SubLink: ({ operName }) => operator(strings(operName).slice(-1)),
    SortBy: ({ useOp }) => operator(strings(useOp).slice(-1)),
    TypeCast: ({ typeName }) => behind(support.get(ofType(resolveType(typeRef(typeName), catalog))) ?? []),
    ColumnRef: ({ fields }) => {
      if (catalog.routines.size > 0 && (fields?.length ?? 0) > 1) attribute(strings(fields).at(-1));
    },
    A_Indirection: ({ indirection }) => {
      if (catalog.routines.size > 0) for (const name of strings(indirection)) attribute(name);
    },
  };
  walk(node, (tag, body) => {
    (visits[tag] as ((body: Body<Tag>) => void) | undefined)?.(body);
    return !STATEMENTS.has(tag);
  });
}

const ROWS = new Set(['record', 'anyelement', 'anycompatible', 'anynonarray', 'anycompatiblenonarray']);

const isRow = (type: TypeRef | undefined): boolean =>
  type !== undefined && (type.schema !== 'pg_catalog' || ROWS.has(type.name));

/** `row.function` calls a function of one argument, a row. */
const takesRow = (key: Key, { routines }: Catalog): boolean =>
  routines.get(key)?.some(({ arguments: types }) => isRow(types[0])) ?? false;

/** The functions that a list names: `validator s.f` and the like. */
export const namedIn = (nodes: readonly Tree[] | undefined, catalog: Catalog): Key[] => {
  const parts = strings(nodes);
  return routineKeys({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }, catalog);
};

/** `FUNCTION = s.f` of CREATE OPERATOR, AGGREGATE and TYPE: the grammar takes it for a type. */
export const namedBy = (argument: Tree | undefined, catalog: Catalog): Key[] =>
  namedIn(as(argument, 'TypeName')?.names ?? as(argument, 'List')?.items ?? (argument ? [argument] : []), catalog);

/** Functions of the migrations that run where something is used; nothing where there are none. */
export const support = (supported: Key, routines: readonly Key[]): Change[] =>
  routines.length > 0 ? [{ kind: 'add-support', of: supported, routines }] : [];
