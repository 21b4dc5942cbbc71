import type { File, Node, Statement } from '@babel/types';
import { classOf, declare } from './declare.ts';
import type { Reading } from './reading.ts';
import { Scope } from './scope.ts';
import { runTop } from './statements.ts';
import { member, plainText, textOf, UNKNOWN, type Value } from './value.ts';

/** What a program offers to its tool. */
export interface Entry {
  /** A member of what it exports, or of its migration class: `up`, `down`, `config`, `transaction`. */
  readonly get: (name: string) => Value | null;
  /** Its value; of a method, what it returns. */
  readonly exported: (name: string) => unknown;
}

/** Stands for the folder of the program. */
export const HERE = '\u0001';

/** Follows the top of a program, where constants and functions are made, and finds what it exports. */
export function entryOf({ program }: File, reading: Reading): Entry {
  const scope = new Scope(null);
  const exports: Value = { kind: 'record', fields: new Map() };
  const module: Value = { kind: 'record', fields: new Map([['exports', exports]]) };
  scope.declare('exports', exports, 0);
  scope.declare('module', module, 0);
  scope.declare('__dirname', textOf(HERE, 1), 0);
  for (const statement of program.body) declare(inner(statement), scope, reading);
  for (const statement of program.body) {
    const own = inner(statement);
    if (own.type !== 'ClassDeclaration' && own.type !== 'FunctionDeclaration')
      runTop([own as Statement], scope, reading);
    exportNames(statement, scope, reading, exports.fields);
  }
  const final = member(module, 'exports');
  const places = [
    final,
    member(final, 'default'),
    ...(final.kind === 'record' ? final.fields.values() : []),
    ...scope.own,
  ];
  const home = places.find(place => fieldOf(place, 'up')?.kind === 'function') ?? final;
  const get = (name: string): Value | null => fieldOf(home, name);
  const exported = (name: string): unknown => {
    const own = get(name);
    return own?.kind === 'function' ? simple(reading.apply(own, [])) : own ? simple(own) : undefined;
  };
  return { get, exported };
}

const fieldOf = (value: Value, name: string): Value | null =>
  value.kind === 'record' || value.kind === 'database' ? (value.fields.get(name) ?? null) : null;

/** Plain data of a value, as far as it is known. */
function simple(value: Value): unknown {
  if (value.kind === 'plain') return value.value;
  if (value.kind === 'text') return plainText(value);
  return value.kind === 'record'
    ? Object.fromEntries([...value.fields].map(([name, own]) => [name, own.kind === 'plain' ? own.value : undefined]))
    : undefined;
}

/** What stands behind `export`. */
const inner = (statement: Statement): Node =>
  statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;

function exportNames(node: Statement, scope: Scope, reading: Reading, fields: Map<string, Value>): void {
  if (node.type === 'ExportNamedDeclaration') {
    for (const name of declared(node.declaration ?? null)) fields.set(name, scope.get(name) ?? UNKNOWN);
    for (const specifier of node.specifiers)
      if (specifier.type === 'ExportSpecifier') {
        const { exported } = specifier;
        const name = exported.type === 'Identifier' ? exported.name : exported.value;
        fields.set(name, scope.get(specifier.local.name) ?? UNKNOWN);
      }
  } else if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node;
    if (declaration.type === 'ClassDeclaration') fields.set('default', classOf(declaration.body, scope, reading));
    else if (declaration.type !== 'FunctionDeclaration' && declaration.type !== 'TSDeclareFunction')
      fields.set('default', reading.evaluate(declaration, scope, reading));
  } else if (node.type === 'TSExportAssignment')
    fields.set('default', reading.evaluate(node.expression, scope, reading));
}

function declared(node: Node | null): string[] {
  if (node?.type === 'VariableDeclaration')
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  return (node?.type === 'FunctionDeclaration' || node?.type === 'ClassDeclaration') && node.id ? [node.id.name] : [];
}
