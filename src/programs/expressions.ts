import type { ArrayExpression, Expression, Node, ObjectExpression, TemplateLiteral } from '@babel/types';
import { assign, memberName } from './bind.ts';
import { call } from './calls.ts';
import { classOf } from './declare.ts';
import { tagged } from './fragments.ts';
import type { Reading } from './reading.ts';
import type { Scope } from './scope.ts';
import { DATABASE, joined, listOf, member, standing, textOf, truth, UNKNOWN, type Value } from './value.ts';

type Kinds = Expression['type'];
type Of<K extends Kinds> = Extract<Expression, { type: K }>;
type Table = { readonly [K in Kinds]?: (node: Of<K>, scope: Scope, reading: Reading) => Value };

/** What an expression stands for; what it sends on the way is noted. A kind without a line here is not known. */
export function evaluate(node: Expression, scope: Scope, reading: Reading): Value {
  reading.step();
  const follow = TABLE[node.type] as ((node: Expression, scope: Scope, reading: Reading) => Value) | undefined;
  return follow ? follow(node, scope, reading) : UNKNOWN;
}

const inner = (node: { readonly expression: Expression }, scope: Scope, reading: Reading): Value =>
  evaluate(node.expression, scope, reading);

const closure = (node: Of<'FunctionExpression' | 'ArrowFunctionExpression'>, scope: Scope): Value => ({
  kind: 'function',
  node,
  scope,
});

const TABLE: Table = {
  StringLiteral: ({ value, ...node }, _, reading) =>
    value.includes('\0') ? UNKNOWN : textOf(value, reading.lineOf(node as Node)),
  NumericLiteral: (node, _, reading) => ({ kind: 'plain', value: node.value, line: reading.lineOf(node) }),
  BooleanLiteral: (node, _, reading) => ({ kind: 'plain', value: node.value, line: reading.lineOf(node) }),
  NullLiteral: (node, _, reading) => ({ kind: 'plain', value: null, line: reading.lineOf(node) }),
  TemplateLiteral: (node, scope, reading) => joined(parts(node, scope, reading)),
  TaggedTemplateExpression: (node, scope, reading) =>
    tagged(node, parts(node.quasi, scope, reading), reading, evaluate(node.tag, scope, reading)),
  Identifier: ({ name }, scope) => scope.get(name) ?? { kind: 'foreign', name },
  ThisExpression: (_, scope) => scope.get('this') ?? DATABASE,
  ArrayExpression: list,
  ObjectExpression: record,
  FunctionExpression: closure,
  ArrowFunctionExpression: closure,
  MemberExpression: (node, scope, reading) => {
    const name = memberName(node, scope, reading);
    return node.object.type === 'Super' || name === null
      ? fromUnknown(node.object, scope, reading)
      : member(evaluate(node.object, scope, reading), name);
  },
  OptionalMemberExpression: (node, scope, reading) => {
    const name = memberName(node, scope, reading);
    const object = evaluate(node.object, scope, reading);
    return name === null ? UNKNOWN : member(object, name);
  },
  ClassExpression: ({ body }, scope, reading) => classOf(body, scope, reading),
  CallExpression: call,
  OptionalCallExpression: call,
  NewExpression: (node, scope, reading) => {
    const args = node.arguments.map(argument =>
      argument.type === 'SpreadElement' || argument.type === 'ArgumentPlaceholder'
        ? UNKNOWN
        : evaluate(argument, scope, reading),
    );
    const className = node.callee.type === 'Identifier' ? node.callee.name : '';
    if (className === 'URL') return args[0] ?? UNKNOWN;
    if (className === 'Promise') return reading.promise(args[0] ?? UNKNOWN);
    reading.perhaps(() => args.forEach(argument => reading.apply(argument, [])));
    return UNKNOWN;
  },
  AwaitExpression: (node, scope, reading) => reading.settle(evaluate(node.argument, scope, reading)),
  YieldExpression: (node, scope, reading) => {
    if (node.argument) reading.settle(evaluate(node.argument, scope, reading));
    return UNKNOWN;
  },
  AssignmentExpression: assign,
  UpdateExpression: ({ argument }, scope, reading) => {
    if (argument.type === 'Identifier') scope.assign(argument.name, UNKNOWN, reading.conditions);
    return UNKNOWN;
  },
  BinaryExpression: (node, scope, reading) => {
    if (node.operator !== '+') {
      if (node.left.type !== 'PrivateName') evaluate(node.left, scope, reading);
      evaluate(node.right, scope, reading);
      return UNKNOWN;
    }
    return sum(node, scope, reading);
  },
  LogicalExpression: (node, scope, reading) => {
    const left = evaluate(node.left, scope, reading);
    const right = reading.perhaps(() => evaluate(node.right, scope, reading));
    const leftTruth = node.operator === '??' ? (left.kind === 'text' ? true : null) : truth(left);
    if (leftTruth === null) {
      reading.settle(right);
      return UNKNOWN;
    }
    return leftTruth === (node.operator !== '&&') ? left : right;
  },
  ConditionalExpression: (node, scope, reading) => {
    const testTruth = truth(evaluate(node.test, scope, reading));
    if (testTruth !== null) return evaluate(testTruth ? node.consequent : node.alternate, scope, reading);
    return reading.perhaps(() => {
      for (const branch of [node.consequent, node.alternate]) reading.settle(evaluate(branch, scope, reading));
      return UNKNOWN;
    });
  },
  SequenceExpression: (node, scope, reading) =>
    node.expressions.reduce<Value>((_, expression) => evaluate(expression, scope, reading), UNKNOWN),
  UnaryExpression: (node, scope, reading) => {
    const value = evaluate(node.argument, scope, reading);
    // `void query()` lets go of a promise.
    if (node.operator === 'void') reading.settle(value);
    const truthValue = truth(value);
    return node.operator === '!' && truthValue !== null
      ? { kind: 'plain', value: !truthValue, line: reading.lineOf(node) }
      : UNKNOWN;
  },
  ParenthesizedExpression: inner,
  TSAsExpression: inner,
  TSSatisfiesExpression: inner,
  TSNonNullExpression: inner,
  TSTypeAssertion: inner,
  TSInstantiationExpression: inner,
  TypeCastExpression: inner,
};

const fromUnknown = (node: Node, scope: Scope, reading: Reading): Value => {
  if (node.type !== 'Super') evaluate(node as Expression, scope, reading);
  return UNKNOWN;
};

/** The stretches of a template, those in `${…}` evaluated. */
function parts(node: TemplateLiteral, scope: Scope, reading: Reading): Value[] {
  return node.quasis.flatMap((quasi, index): Value[] => {
    const expression = node.expressions.at(index) as Expression | undefined;
    const { raw, cooked } = quasi.value;
    const text: Value =
      cooked?.includes('\0') !== false
        ? UNKNOWN
        : {
            kind: 'text',
            pieces: [{ text: cooked, line: reading.lineOf(quasi), asWritten: !/\\[nrux\n]/.test(raw), file: null }],
          };
    return expression ? [text, part(expression, scope, reading)] : [text];
  });
}

const part = (node: Expression, scope: Scope, reading: Reading): Value =>
  node.type === 'Identifier' || node.type === 'MemberExpression'
    ? standing(evaluate(node, scope, reading), reading.lineOf(node))
    : evaluate(node, scope, reading);

/** `a + b + c …` nests to the left, as deep as it is long: unrolled. */
function sum(node: Of<'BinaryExpression'>, scope: Scope, reading: Reading): Value {
  const operands: Expression[] = [];
  let left: Node = node;
  while (left.type === 'BinaryExpression' && left.operator === '+') {
    operands.push(left.right);
    left = left.left;
  }
  const values = [left as Expression, ...operands.reverse()].map(operand => part(operand, scope, reading));
  return values.some(({ kind }) => kind === 'text') ? joined(values) : UNKNOWN;
}

function list({ elements }: ArrayExpression, scope: Scope, reading: Reading): Value {
  const items = elements.map((element): Value[] | null => {
    if (element === null) return [UNKNOWN];
    if (element.type !== 'SpreadElement') return [evaluate(element, scope, reading)];
    const spread = evaluate(element.argument, scope, reading);
    return spread.kind === 'list' ? spread.items : null;
  });
  return items.includes(null) ? { kind: 'list', items: null } : listOf(items.flatMap(some => some ?? []));
}

function record(node: ObjectExpression, scope: Scope, reading: Reading): Value {
  const fields = new Map<string, Value>();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(property.argument, scope, reading);
      if (spread.kind === 'record') for (const [name, value] of spread.fields) fields.set(name, value);
      continue;
    }
    const { key, computed } = property;
    const name = !computed && key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : null;
    if (property.type === 'ObjectMethod') {
      if (name !== null) fields.set(name, { kind: 'function', node: property, scope });
      continue;
    }
    const value = evaluate(property.value as Expression, scope, reading);
    if (name !== null) fields.set(name, value);
  }
  return { kind: 'record', fields };
}
