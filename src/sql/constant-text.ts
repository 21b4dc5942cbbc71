import { parseNow } from './parse-now.ts';
import { bare } from '../model/bare.ts';
import { as, constant, qualified, strings, type Body, type Tree, type TypeName } from './nodes.ts';

/** Constants that names stand for: parameters of a call. `$1` is a name, too. */
export type Bindings = ReadonlyMap<string, string>;

/** The text of `'…'`, of constants joined with ||, and of format() and quote_… whose arguments are constants. */
export function constantText(expression: string | null, bound: Bindings): string | null {
  if (expression === null) return null;
  const [statement] = parseNow(`SELECT ${expression.replace(/^\s*select\b/i, '')}`) ?? [];
  const select = statement ? as(statement, 'SelectStmt') : undefined;
  const [target] = select?.targetList ?? [];
  return valueOf(as(target, 'ResTarget')?.val, bound);
}

/** The text of one expression; a dotted name may be bound, too. */
export function valueOf(node: Tree | undefined, bound: Bindings): string | null {
  const cast = as(node, 'TypeCast');
  if (cast) return castTo(cast.typeName, valueOf(cast.arg, bound));
  const own = constant(node);
  if (own !== null) return own;
  const parameter = as(node, 'ParamRef');
  if (parameter) return bound.get(`$${parameter.number ?? 0}`) ?? null;
  const fields = strings(as(node, 'ColumnRef')?.fields);
  if (fields.length > 0) return bound.get(fields.join('.')) ?? null;
  const element = as(node, 'A_Indirection');
  if (element) return elementOf(element, bound);
  const operation = as(node, 'A_Expr');
  if (operation && strings(operation.name).join('.') === '||' && !bound.has(OWN('||'))) {
    const [left, right] = [valueOf(operation.lexpr, bound), valueOf(operation.rexpr, bound)];
    return left === null || right === null ? null : left + right;
  }
  const call = as(node, 'FuncCall');
  if (!call || call.func_variadic || call.agg_filter || call.over) return null;
  const { schema, name } = qualified(call.funcname);
  if ((schema !== null && schema !== 'pg_catalog') || bound.has(OWN(name))) return null;
  const values = (call.args ?? []).map(argument => valueOf(argument, bound));
  if (values.some(value => value === null)) return null;
  const [first = '', ...rest] = values as string[];
  return CALLS.get(name)?.(first, rest) ?? null;
}

/** `tg_argv[0]`, bound under that name. */
function elementOf({ arg, indirection = [] }: Body<'A_Indirection'>, bound: Bindings): string | null {
  const name = strings(as(arg, 'ColumnRef')?.fields).join('.');
  const place = constant(as(indirection[0], 'A_Indices')?.uidx);
  return indirection.length === 1 && place !== null ? (bound.get(`${name}[${place}]`) ?? null) : null;
}

/** A function or operator of that name which the migrations define is bound under this: what it yields is not known. */
export const OWN = (name: string): string => `${name}()`;
export const isOwn = (name: string): boolean => name.endsWith('()');

/** Only types that leave the text as it is: others cut it, or have casts of their own. */
function castTo(type: TypeName | undefined, value: string | null): string | null {
  const { schema, name } = qualified(type?.names);
  const plain = (schema === null || schema === 'pg_catalog') && !type?.typmods && !type?.arrayBounds;
  return plain && KEPT[name]?.test(value ?? '') === true ? value : null;
}

const KEPT: Readonly<Record<string, RegExp>> = bare({
  text: /^/,
  varchar: /^/,
  name: /^[\x20-\x7e]{0,63}$/,
  regclass: /^[a-z_][a-z0-9_.]*$/,
  int4: /^(0|-?[1-9]\d{0,8})$/,
  int8: /^(0|-?[1-9]\d{0,17})$/,
  bool: /^(true|false)$/,
});

const ascii =
  (change: (text: string) => string): Call =>
  text =>
    // What becomes of other letters depends on the locale.
    /^\p{ASCII}*$/u.test(text) ? change(text) : null;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

type Call = (first: string, rest: readonly string[]) => string | null;

/** Functions that are computed here. */
const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['quote_ident', identifier],
  ['quote_literal', literal],
  ['quote_nullable', literal],
  ['lower', ascii(text => text.toLowerCase())],
  ['upper', ascii(text => text.toUpperCase())],
  ['btrim', (text, [characters]) => (characters === undefined ? text.replace(/^ +| +$/g, '') : null)],
  ['reverse', text => Array.from(text).reverse().join('')],
  ['concat', (first, rest) => [first, ...rest].join('')],
  ['concat_ws', (separator, values) => values.join(separator)],
  ['replace', (text, [from = '', to = '']) => (from === '' ? text : text.replaceAll(from, to))],
  [
    'repeat',
    (text, [count]) => (Number(count) * text.length < 10_000 ? text.repeat(Math.max(0, Number(count))) : null),
  ],
  [
    'chr',
    code =>
      /^\d+$/.test(code) && Number(code) > 0 && Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : null,
  ],
  [
    'format',
    (pattern, values) => {
      // A width pads what is put in.
      if (/%(?!(?:\d+\$)?[%sIL])/.test(pattern.replaceAll('%%', ''))) return null;
      let at = 0;
      return pattern.replace(/%(?:(\d+)\$)?([%sIL])/g, (_, place: string | undefined, kind: string) => {
        if (kind === '%') return '%';
        if (place !== undefined) at = Number(place) - 1;
        const value = values[at++] ?? '';
        return kind === 'I' ? identifier(value) : kind === 'L' ? literal(value) : value;
      });
    },
  ],
]);

export const COMPUTED: ReadonlySet<string> = new Set(CALLS.keys());
