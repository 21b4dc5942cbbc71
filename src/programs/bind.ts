import type {
  AssignmentExpression,
  Expression,
  LVal,
  MemberExpression,
  Node,
  OptionalMemberExpression,
} from '@babel/types';
import type { Reading } from './reading.ts';
import type { Scope } from './scope.ts';
import { joined, member, plainText, UNKNOWN, type Value } from './value.ts';

/** Gives the names of a pattern their parts of a value. */
export function bind(target: Node, value: Value, scope: Scope, reading: Reading): void {
  if (target.type === 'Identifier') scope.declare(target.name, value, reading.conditions);
  else if (target.type === 'AssignmentPattern') {
    const assigned = value.kind === 'unknown' ? reading.evaluate(target.right, scope, reading) : value;
    // A parameter that the tool fills is the tool's, whatever its default.
    bind(target.left, value.kind === 'database' ? value : assigned, scope, reading);
  } else if (target.type === 'ObjectPattern')
    for (const property of target.properties) {
      if (property.type === 'RestElement') bind(property.argument, value, scope, reading);
      else {
        const { key } = property;
        const name = key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : null;
        bind(property.value, name === null ? UNKNOWN : member(value, name), scope, reading);
      }
    }
  else if (target.type === 'ArrayPattern')
    for (const [index, element] of target.elements.entries()) {
      if (element) bind(element, partOf(value, index), scope, reading);
    }
  else if (target.type === 'RestElement') bind(target.argument, UNKNOWN, scope, reading);
  else if (target.type === 'TSParameterProperty') bind(target.parameter, value, scope, reading);
}

const partOf = (value: Value, index: number): Value =>
  value.kind === 'list' ? (value.items?.[index] ?? UNKNOWN) : value.kind === 'database' ? value : UNKNOWN;

/** `a = …`, `a += …`, `exports.up = …`. */
export function assign(node: AssignmentExpression, scope: Scope, reading: Reading): Value {
  const right = reading.evaluate(node.right, scope, reading);
  const target: LVal | Node = node.left;
  if (target.type === 'Identifier') {
    const before = scope.get(target.name) ?? UNKNOWN;
    const value = node.operator === '=' ? right : node.operator === '+=' ? joined([before, right]) : UNKNOWN;
    scope.assign(target.name, value, reading.conditions);
    return value;
  }
  if (target.type === 'MemberExpression' && target.object.type !== 'Super') {
    const object = reading.evaluate(target.object, scope, reading);
    const name = memberName(target, scope, reading);
    if (object.kind === 'record' && name !== null)
      object.fields.set(name, node.operator === '=' && reading.conditions === 0 ? right : UNKNOWN);
    else if (object.kind === 'list') object.items = null;
    return right;
  }
  for (const name of namesIn(target)) scope.assign(name, UNKNOWN, reading.conditions);
  return right;
}

/** Every name that is given another value somewhere below. */
export function assignedIn(node: Node): string[] {
  const names: string[] = [];
  const open: unknown[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const one = next as Node;
    if (one.type === 'AssignmentExpression') names.push(...namesIn(one.left));
    if (one.type === 'UpdateExpression') names.push(...namesIn(one.argument));
    open.push(...Object.values(next as Readonly<Record<string, unknown>>));
  }
  return names;
}

function namesIn(target: Node): string[] {
  if (target.type === 'Identifier') return [target.name];
  if (target.type === 'ArrayPattern') return target.elements.flatMap(element => (element ? namesIn(element) : []));
  if (target.type === 'ObjectPattern')
    return target.properties.flatMap(property =>
      namesIn(property.type === 'RestElement' ? property.argument : property.value),
    );
  return 'argument' in target || 'left' in target
    ? namesIn(('left' in target ? target.left : target.argument) as Node)
    : [];
}

/** The name of the member that is meant; null when it is computed from what is not known. */
export function memberName(
  node: MemberExpression | OptionalMemberExpression,
  scope: Scope,
  reading: Reading,
): string | null {
  const { property } = node;
  if (!node.computed) return property.type === 'Identifier' ? property.name : null;
  const value = reading.evaluate(property as Expression, scope, reading);
  if (value.kind === 'text') return plainText(value);
  return value.kind === 'plain' ? String(value.value) : null;
}
