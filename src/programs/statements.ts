import type { Expression, Node, Statement } from '@babel/types';
import { assignedIn, bind } from './bind.ts';
import { declare } from './declare.ts';
import type { Reading } from './reading.ts';
import { Scope } from './scope.ts';
import { truth, UNKNOWN, type Callable, type Environment, type Value } from './value.ts';

/** Follows a function of the program with these arguments. What it returns is for the caller to await. */
export function run(node: Callable, args: readonly Value[], parent: Environment, reading: Reading): Value {
  const scope = new Scope(parent);
  for (const [index, parameter] of node.params.entries()) {
    if (parameter.type === 'RestElement')
      bind(parameter.argument, { kind: 'list', items: args.slice(index) }, scope, reading);
    else bind(parameter, args[index] ?? UNKNOWN, scope, reading);
    // Which arguments the tool gives depends on its version.
    const { kind } = args[index] ?? UNKNOWN;
    if (parameter.type === 'AssignmentPattern' && kind === 'foreign')
      reading.settle(reading.evaluate(parameter.right, scope, reading));
  }
  if (node.body.type !== 'BlockStatement') return reading.evaluate(node.body, scope, reading);
  const body = new Body(scope, reading);
  body.follow(node.body.body);
  return body.value;
}

/** Follows the statements of a program's top. */
export const runTop = (statements: readonly Statement[], scope: Scope, reading: Reading): void => {
  new Body(scope, reading).follow(statements);
};

type Kinds = Statement['type'];
type Of<K extends Kinds> = Extract<Statement, { type: K }>;
type Table = { readonly [K in Kinds]?: (node: Of<K>, body: Body) => void };

/** Statements that do nothing by themselves. */
const INERT = /^(Empty|Debugger|Break|Continue)Statement$|Declaration$|^(TS|Declare|Opaque|Interface|Enum)/;

/** A function's body, as far as it has been followed. */
class Body {
  value: Value = UNKNOWN;
  /** It has returned for certain. */
  returned = false;
  scope: Scope;
  readonly reading: Reading;

  constructor(scope: Scope, reading: Reading) {
    this.scope = scope;
    this.reading = reading;
  }

  follow(statements: readonly Statement[]): void {
    for (const statement of statements)
      if (statement.type === 'FunctionDeclaration') declare(statement, this.scope, this.reading);
    for (const statement of statements) {
      if (this.returned) return;
      this.reading.step();
      const follow = TABLE[statement.type] as ((node: Statement, body: Body) => void) | undefined;
      if (follow) follow(statement, this);
      else if (INERT.test(statement.type)) declare(statement, this.scope, this.reading);
      else this.reading.miss(this.reading.lineOf(statement), 'This kind of statement cannot be analyzed.');
    }
  }

  evaluate(expression: Expression | null | undefined): Value {
    return expression ? this.reading.evaluate(expression, this.scope, this.reading) : UNKNOWN;
  }

  /** A statement or a block, with names of its own. */
  block(node: Statement | null | undefined, names: readonly (readonly [Node, Value])[] = []): void {
    if (!node) return;
    const outer = this.scope;
    this.scope = new Scope(outer);
    for (const [target, value] of names) bind(target, value, this.scope, this.reading);
    this.follow(node.type === 'BlockStatement' ? node.body : [node]);
    this.scope = outer;
  }

  /** What may not run cannot end the function for certain. */
  perhaps(follow: () => void): void {
    const { value, returned } = this;
    Object.assign(this, { value: UNKNOWN, returned: false });
    this.reading.perhaps(follow);
    this.reading.settle(this.value);
    Object.assign(this, { value, returned });
  }

  /** What runs any number of times, with names that are different each time. */
  loop(node: Statement, target: Node | null): void {
    for (const name of assignedIn(node)) this.scope.assign(name, UNKNOWN, Infinity);
    this.perhaps(() => {
      this.block(node, target ? [[target, UNKNOWN]] : []);
    });
  }
}

const TABLE: Table = {
  ExpressionStatement: ({ expression }, body) => {
    const value = body.evaluate(expression);
    if (value.kind === 'query') body.reading.settle(value);
  },
  VariableDeclaration: ({ declarations }, body) => {
    for (const { id, init } of declarations) bind(id, body.evaluate(init), body.scope, body.reading);
  },
  ReturnStatement: ({ argument }, body) => {
    body.value = body.evaluate(argument);
    body.returned = true;
  },
  ThrowStatement: ({ argument }, body) => {
    body.evaluate(argument);
    body.returned = true;
  },
  BlockStatement: (node, body) => {
    body.block(node);
  },
  LabeledStatement: (node, body) => {
    body.block(node.body);
  },
  IfStatement: ({ test, consequent, alternate }, body) => {
    const testTruth = truth(body.evaluate(test));
    if (testTruth !== null) body.block(testTruth ? consequent : alternate);
    else
      for (const branch of [consequent, alternate])
        body.perhaps(() => {
          body.block(branch);
        });
  },
  SwitchStatement: ({ discriminant, cases }, body) => {
    body.evaluate(discriminant);
    for (const { consequent } of cases)
      body.perhaps(() => {
        body.follow(consequent);
      });
  },
  TryStatement: ({ block, handler, finalizer }, body) => {
    body.block(block);
    if (handler)
      body.perhaps(() => {
        body.block(handler.body);
      });
    body.block(finalizer);
  },
  ForOfStatement: ({ left, right, body: inside }, body) => {
    const target = left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? left) : left;
    const over = body.evaluate(right);
    if (over.kind !== 'list' || !over.items) body.loop(inside, target);
    else
      for (const item of over.items) {
        body.reading.step();
        body.block(inside, [[target, item]]);
      }
  },
  ForInStatement: ({ left, right, body: inside }, body) => {
    body.evaluate(right);
    body.loop(inside, left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? null) : null);
  },
  ForStatement: ({ init, test, update, body: inside }, body) => {
    const declared = init?.type === 'VariableDeclaration' ? init.declarations : [];
    for (const one of declared) body.evaluate(one.init);
    if (init?.type !== 'VariableDeclaration') body.evaluate(init);
    body.loop(inside, declared[0]?.id ?? null);
    body.perhaps(() => {
      body.evaluate(test);
      body.evaluate(update);
    });
  },
  WhileStatement: ({ test, body: inside }, body) => {
    body.evaluate(test);
    body.loop(inside, null);
  },
  DoWhileStatement: ({ test, body: inside }, body) => {
    body.loop(inside, null);
    body.evaluate(test);
  },
};
