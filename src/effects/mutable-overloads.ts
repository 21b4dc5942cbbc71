import { keyOf, type Column } from '../model/schema.ts';
import { bare } from '../model/bare.ts';
import { as, constant, strings, typeRef, walk, type Body, type Tag, type Tree } from '../sql/nodes.ts';

/**
 * Casts, operators and overloads that are not immutable, by the types that they are given (pg_proc.provolatile; measured
 * with CREATE INDEX on 13 to 18). What is not known here has no type and is taken for immutable.
 */
const TEXTS = ['text', 'varchar', 'bpchar'];
const FROM_TEXT = ['date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval', 'regclass'];
const CASTS: Readonly<Record<string, readonly string[]>> = bare({
  timestamptz: ['date', 'timestamp', 'time', ...TEXTS],
  timestamp: ['timestamptz', ...TEXTS],
  date: ['timestamptz', ...TEXTS],
  ...Object.fromEntries(TEXTS.map(text => [text, FROM_TEXT])),
});
const COMPARES: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

interface Context {
  readonly columns: readonly Column[];
  readonly pg: number;
}

/** The server's type of that name comes before one of the migrations, unless that is in a schema that is written. */
function castTo(type: Body<'TypeCast'>['typeName']): string | null {
  const { schema, name, array } = typeRef(type);
  return (schema === 'pg_catalog' || schema === '') && !array ? name : null;
}

/** The name of a type of pg_catalog; null where the expression's type is not known. */
function typeOf(node: Tree | undefined, context: Context): string | null {
  const cast = as(node, 'TypeCast');
  if (cast) {
    return castTo(cast.typeName);
  }
  const reference = as(node, 'ColumnRef');
  if (reference) {
    const type = context.columns.find(({ name }) => name === strings(reference.fields).at(-1))?.type;
    return type && !type.array && keyOf(type) === `pg_catalog.${type.name}` ? type.name : null;
  }
  const operation = as(node, 'A_Expr');
  if (operation) return strings(operation.name).at(-1) === '->>' ? 'text' : null;
  const collated = as(node, 'CollateClause');
  if (collated) return typeOf(collated.arg, context);
  const call = as(node, 'FuncCall');
  return call ? returnedBy(call, context) : null;
}

function returnedBy({ funcname, args = [] }: Body<'FuncCall'>, context: Context): string | null {
  const name = strings(funcname).at(-1) ?? '';
  const last = typeOf(args.at(-1), context);
  if (name === 'timezone') return last === 'timestamptz' ? 'timestamp' : last === 'timestamp' ? 'timestamptz' : null;
  if (name === 'date_trunc') return typeOf(args[1], context) === 'date' ? 'timestamptz' : typeOf(args[1], context);
  return name === 'lower' || name === 'upper' || name === 'btrim' ? 'text' : null;
}

/** A call's arguments and the name of the second one's type. */
interface Overload {
  readonly args: readonly Tree[];
  readonly second: string | null;
  readonly context: Context;
}

const withoutConfiguration = ({ args }: Overload): boolean => args.length === 1;
const ofTimestamptz = ({ second }: Overload): boolean => second === 'timestamptz';

/** Overloads that are stable, where another of the name is immutable (pg_proc.provolatile). */
const STABLE: Readonly<Record<string, (overload: Overload) => boolean>> = bare({
  to_tsvector: withoutConfiguration,
  to_tsquery: withoutConfiguration,
  plainto_tsquery: withoutConfiguration,
  phraseto_tsquery: withoutConfiguration,
  websearch_to_tsquery: withoutConfiguration,
  // With a time zone it is stable before 16.
  date_trunc: ({ args, second, context }) =>
    args.length === 3 ? context.pg < 16 && second === 'timestamptz' : second === 'timestamptz' || second === 'date',
  date_part: ofTimestamptz,
  extract: ofTimestamptz,
  date: ({ args, context }) => args.length === 1 && typeOf(args[0], context) === 'timestamptz',
  age: ({ args }) => args.length === 1,
});

function isStable({ funcname, args = [] }: Body<'FuncCall'>, context: Context): boolean {
  const stable = STABLE[strings(funcname).at(-1) ?? ''];
  return stable?.({ args, second: typeOf(args[1], context), context }) ?? false;
}

function isMixed({ name, lexpr, rexpr }: Body<'A_Expr'>, context: Context): boolean {
  const operator = strings(name).at(-1) ?? '';
  const sides = [typeOf(lexpr, context), typeOf(rexpr, context)];
  if (!sides.includes('timestamptz')) return false;
  if (COMPARES.has(operator)) return sides.includes('date') || sides.includes('timestamp');
  return (operator === '+' || operator === '-') && sides.includes('interval');
}

/** Does an expression of these columns use what is not immutable for their types? */
export function isMutableFor(expression: unknown, context: Context): boolean {
  let isFound = false;
  walk(expression, (tag: Tag, body: never) => {
    if (tag === 'TypeCast') {
      const { arg, typeName } = body as Body<'TypeCast'>;
      const from = constant(arg) === null ? typeOf(arg, context) : null;
      const to = castTo(typeName);
      isFound ||= from !== null && to !== null && CASTS[from]?.includes(to) === true;
    }
    if (tag === 'FuncCall') isFound ||= isStable(body, context);
    if (tag === 'A_Expr') isFound ||= isMixed(body, context);
    return !isFound;
  });
  return isFound;
}
