import type { ClassBody, ImportDeclaration, Node } from '@babel/types';
import { moduleName } from './library-calls.ts';
import type { Reading } from './reading.ts';
import { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** Functions, classes, imports and exports: the names that they make known. */
export function declare(node: Node, scope: Scope, reading: Reading): void {
  if (node.type === 'FunctionDeclaration') {
    if (node.id) scope.declare(node.id.name, { kind: 'function', node, scope }, reading.conditions);
  } else if (node.type === 'ClassDeclaration') {
    if (node.id) scope.declare(node.id.name, classOf(node.body, scope, reading), reading.conditions);
  } else if (node.type === 'ImportDeclaration') imported(node, scope, reading);
}

function imported({ source, specifiers }: ImportDeclaration, scope: Scope, reading: Reading): void {
  const name = moduleName(source.value);
  for (const specifier of specifiers) {
    const own = specifier.type === 'ImportSpecifier' ? specifier.imported : null;
    const member = own === null ? '' : `.${own.type === 'Identifier' ? own.name : own.value}`;
    scope.declare(specifier.local.name, { kind: 'foreign', name: `${name}${member}` }, reading.conditions);
  }
}

/** A class as an instance of it: its methods and fields, and the database that its parent class brings. */
export function classOf(body: ClassBody, parent: Scope, reading: Reading): Value {
  const fields = new Map<string, Value>();
  const self: Value = { kind: 'database', fields };
  const scope = new Scope(parent);
  scope.declare('this', self, reading.conditions);
  for (const element of body.body) {
    if (element.type !== 'ClassMethod' && element.type !== 'ClassProperty') continue;
    if (element.key.type !== 'Identifier') continue;
    const { name } = element.key;
    if (element.type === 'ClassMethod') fields.set(name, { kind: 'function', node: element, scope });
    else if (element.value) fields.set(name, reading.evaluate(element.value, scope, reading));
  }
  return self;
}
