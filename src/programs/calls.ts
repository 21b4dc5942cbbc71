import type { CallExpression, Expression, Node, OptionalCallExpression } from '@babel/types';
import { memberName } from './bind.ts';
import { libraryCall } from './library-calls.ts';
import { fragmentOf, nameOf } from './fragments.ts';
import { ofList, ofText } from './methods.ts';
import type { Reading } from './reading.ts';
import type { Scope } from './scope.ts';
import { sqlCall } from './sql-calls.ts';
import { DATABASE, member, UNKNOWN, type Value } from './value.ts';

type Call = CallExpression | OptionalCallExpression;

/** A call of whatever kind. What is not known, and touches the database, is said to be unread. */
export function call(node: Call, scope: Scope, reading: Reading): Value {
  const callee = bare(node.callee);
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
    const name = memberName(callee, scope, reading);
    if (name !== null && callee.object.type !== 'Super') return method(node, bare(callee.object), name, scope, reading);
  }
  const args = argumentsOf(node, scope, reading);
  if (callee.type === 'Super' || callee.type === 'Import' || callee.type === 'V8IntrinsicIdentifier') return UNKNOWN;
  const inherited = callee.type === 'MemberExpression' && callee.object.type === 'Super';
  const target = inherited ? DATABASE : reading.evaluate(callee as Expression, scope, reading);
  reading.reach(reading.lineOf(node));
  if (target.kind === 'function') return reading.apply(target, args);
  const result = target.kind === 'foreign' ? libraryCall(target.name, args, reading.lineOf(node), reading) : null;
  return result ?? unknown(node, { object: target, missed: false }, args, reading);
}

function method(node: Call, target: Node, name: string, scope: Scope, reading: Reading): Value {
  const follow = (): Value => reading.evaluate(target as Expression, scope, reading);
  // `knex.schema.createTable(…).table(…)` is one thing that is not read; `….raw('…')` is two.
  const parted = reading.dialect.sends.includes(name) || PROMISED.has(name);
  const { result: object, missed } = parted ? { result: follow(), missed: false } : reading.muffle(follow);
  const line = reading.lineOf(node);
  const by = nameOf(node.callee);

  const bound = name === 'bind' ? boundTo(target, scope, reading) : null;
  const args = argumentsOf(node, scope, reading);
  if (bound !== null && reading.dialect.sends.includes(bound))
    return sqlCall({ object, name: bound, args: args.slice(1), line, by: nameOf(target) }, reading) ?? UNKNOWN;
  if (PROMISED.has(name)) return promised(name, object, args, reading);
  const sent = sqlCall({ object, name, args, line, by }, reading);
  if (sent) return sent;
  if (object.kind === 'text') return ofText(object, name, args);
  if (object.kind === 'list') return ofList(object, { name, args, line, by }, reading);
  const own = object.kind === 'foreign' ? fragmentOf(object.name, name, args, line) : null;
  if (own) return own;
  const function_ = member(object, name);
  reading.reach(line);
  if (function_.kind === 'function') return reading.apply(function_, args);
  const result = function_.kind === 'foreign' && !missed ? libraryCall(function_.name, args, line, reading) : null;
  return result ?? unknown(node, { object, missed }, args, reading);
}

/** Nothing is known of it but what it is given. */
function unknown(
  node: Call,
  { object, missed }: { object: Value; missed: boolean },
  args: readonly Value[],
  reading: Reading,
): Value {
  const by = nameOf(node.callee);
  const line = reading.lineOf(node);
  const inside = reading.muffle(() =>
    reading.perhaps(() => {
      for (const argument of args) for (const one of functionsIn(argument)) reading.apply(one, [UNKNOWN]);
    }),
  );
  // Knex's `raw(…).timeout(…)` is still to be awaited; Kysely's `sql`…`.as(…)` is part of something else.
  if (object.kind === 'query') return reading.dialect.when === 'await' ? object : UNKNOWN;
  if (object.kind === 'database') {
    reading.miss(line, `The SQL of \`${by}\` is not literal text, so it was not analyzed.`);
    return DATABASE;
  }
  args.forEach(forget);
  const starts = object.kind === 'foreign' && /^(child_process|knex|pg|pg-promise|postgres|slonik)\b/.test(object.name);
  if (missed || inside.missed || starts || args.some(holdsDatabase))
    reading.miss(line, `The code of \`${by}\` was not analyzed.`);
  else return { kind: 'unknown', promised: { by, line } };
  return UNKNOWN;
}

/** A function that is not known may change what it is given. */
function forget(value: Value): void {
  if (value.kind !== 'record') return;
  for (const [name, { kind }] of value.fields)
    if (kind === 'text' || kind === 'plain' || kind === 'list') value.fields.set(name, UNKNOWN);
}

const PROMISED: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** `.then(…)`: what was to be sent before is sent, and what the function returns after it. */
function promised(name: string, object: Value, args: readonly Value[], reading: Reading): Value {
  const value = reading.settle(object);
  const [first, second] = args;
  if (second) reading.perhaps(() => reading.settle(reading.apply(second, [UNKNOWN])));
  if (!first) return value;
  if (first.kind !== 'function') return name === 'then' && holdsDatabase(first) ? first : value;
  if (name === 'catch') {
    reading.perhaps(() => reading.settle(reading.apply(first, [UNKNOWN])));
    return value;
  }
  const result = reading.settle(reading.apply(first, [value]));
  return name === 'then' ? result : value;
}

/** `db.runSql` of `db.runSql.bind(db, …)`. */
const boundTo = (target: Node, scope: Scope, reading: Reading): string | null =>
  target.type === 'MemberExpression' ? memberName(target, scope, reading) : null;

function argumentsOf(node: Call, scope: Scope, reading: Reading): Value[] {
  return node.arguments.flatMap((argument): Value[] => {
    if (argument.type === 'ArgumentPlaceholder') return [UNKNOWN];
    if (argument.type !== 'SpreadElement') return [reading.evaluate(argument, scope, reading)];
    const spread = reading.evaluate(argument.argument, scope, reading);
    return spread.kind === 'list' && spread.items ? spread.items : [UNKNOWN];
  });
}

const functionsIn = (value: Value): Value[] =>
  value.kind === 'function'
    ? [value]
    : value.kind === 'list'
      ? (value.items ?? []).filter(({ kind }) => kind === 'function')
      : value.kind === 'record'
        ? [...value.fields.values()].filter(({ kind }) => kind === 'function')
        : [];

function holdsDatabase(value: Value): boolean {
  if (value.kind === 'database') return true;
  if (value.kind === 'list') return (value.items ?? []).some(({ kind }) => kind === 'database');
  return value.kind === 'record' && [...value.fields.values()].some(({ kind }) => kind === 'database');
}

/** Without parentheses and what TypeScript puts around. */
function bare(node: Node): Node {
  let inner = node;
  while (
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'TSAsExpression' ||
    inner.type === 'ParenthesizedExpression' ||
    inner.type === 'TSInstantiationExpression'
  )
    inner = inner.expression;
  return inner;
}
