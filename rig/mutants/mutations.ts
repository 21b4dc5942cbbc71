import { relative } from 'node:path';
import ts from 'typescript';
import { LOCK_MODES } from '../../src/model/lock.ts';

/** One place of the source, and what a mutant has there instead. */
interface Mutant {
  /** File, function, and the text before and after: the same while the code around it moves. */
  readonly name: string;
  readonly line: number;
}

interface Edit {
  readonly node: ts.Node;
  readonly to: string;
  /** `element`: the node is one of a list, and `to` is a list. */
  readonly as: 'expression' | 'element';
  readonly what: string;
}

/** Sources in which every mutant is there at once: `mutant(n)` says whether the nth is in force. */
export interface Mutated {
  readonly mutants: readonly Mutant[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Plans all mutants of the files. Prices are found by their type: `Part` of src/effects/cost-model.ts. */
export function mutate(files: readonly string[], top: string): Mutated {
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const costs = new CostTypes(program);
  const mutants: Mutant[] = [];
  const sources = new Map<string, string>();
  for (const path of files) {
    const source = program.getSourceFile(path);
    if (!source) throw new Error(`${path} is not there`);
    const edits = new Map<ts.Node, { edit: Edit; id: number }[]>();
    for (const edit of editsOf(source, costs)) {
      const { line } = source.getLineAndCharacterOfPosition(edit.node.getStart());
      const name = `${relative(top, path)} ${placeOf(edit.node)}: ${edit.what}`;
      const nth = mutants.filter(other => other.name.replace(/ #\d+$/, '') === name).length;
      const id = mutants.push({ name: nth === 0 ? name : `${name} #${nth + 1}`, line: line + 1 });
      edits.set(edit.node, [...(edits.get(edit.node) ?? []), { edit, id }]);
    }
    sources.set(path, written(source, source, edits));
  }
  return { mutants, sources };
}

/** The node's text, with the switches of the mutants in it. */
function written(
  node: ts.Node,
  source: ts.SourceFile,
  edits: ReadonlyMap<ts.Node, readonly { edit: Edit; id: number }[]>,
): string {
  let text = '';
  let at = node.getStart(source);
  node.forEachChild(child => {
    text += source.text.slice(at, child.getStart(source)) + written(child, source, edits);
    at = child.end;
  });
  text += source.text.slice(at, node.end);
  const own = edits.get(node) ?? [];
  for (const { edit, id } of own.filter(({ edit }) => edit.as === 'expression'))
    text = `(mutant(${id}) ? (${edit.to}) : ${text})`;
  for (const { edit, id } of own.filter(({ edit }) => edit.as === 'element'))
    text = `...(mutant(${id}) ? ${edit.to} : [${text}])`;
  return text;
}

/** The nearest function or property that has a name. */
function placeOf(node: ts.Node): string {
  for (let at: ts.Node = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) && at.name) return at.name.text;
    if (ts.isPropertyAssignment(at) && ts.isSourceFile(at.parent.parent.parent.parent)) return nameText(at.name);
    if (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) return nameText(at.name);
    if (ts.isPropertyAssignment(at) && at.parent.parent.kind === ts.SyntaxKind.VariableDeclaration)
      return nameText(at.name);
    if (ts.isCaseClause(at)) return at.expression.getText();
  }
  return '';
}

const nameText = (name: ts.Node): string => name.getText().replace(/^'|'$/g, '');

/** What is a cost, or a list of them. */
class CostTypes {
  private readonly checker: ts.TypeChecker;
  private readonly part: ts.Type;

  constructor(program: ts.Program) {
    this.checker = program.getTypeChecker();
    const list = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/src/effects/cost-model.ts'));
    const alias = list?.statements.find(s => ts.isTypeAliasDeclaration(s) && s.name.text === 'Part');
    const symbol = alias && this.checker.getSymbolAtLocation((alias as ts.TypeAliasDeclaration).name);
    if (!symbol) throw new Error('src/effects/cost-model.ts has no type Part');
    this.part = this.checker.getDeclaredTypeOfSymbol(symbol);
  }

  isOne(node: ts.Expression): boolean {
    return this.fits(this.checker.getTypeAtLocation(node));
  }

  /** A function that makes one. */
  makesOne(node: ts.Expression): boolean {
    return this.checker.getTypeAtLocation(node).getCallSignatures().length > 0;
  }

  isList(node: ts.Expression): boolean {
    const type = this.checker.getTypeAtLocation(node);
    const element = this.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (element) return this.fits(element);
    // An iterator: catalog.relations.values().flatMap(…)
    const [yielded] = this.checker.getTypeArguments(type as ts.TypeReference);
    return this.checker.typeToString(type).startsWith('IteratorObject<') && yielded !== undefined && this.fits(yielded);
  }

  private fits(type: ts.Type): boolean {
    return (
      (type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Any)) === 0 && this.checker.isTypeAssignableTo(type, this.part)
    );
  }
}

const CONSTRUCTORS = new Set(['lock', 'exclusive', 'scan', 'rewrite', 'newFile', 'build', 'fail']);
const REACHES = new Set(['family', 'withPartitions', 'withRows', 'partitionRows']);
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  FREE: ['REWRITE', 'REINDEX'],
  REINDEX: ['FREE', 'REWRITE'],
  REWRITE: ['FREE', 'REINDEX'],
};
const quoted = (text: string): string => `\`${text.replace(/\s+/g, ' ')}\``;
const UNCERTAIN = "certainty: 'may', because: 'a mutant'";

function* editsOf(source: ts.SourceFile, costs: CostTypes): Iterable<Edit> {
  const modes = new Map<string, string>();
  for (const statement of source.statements)
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (initializer && ts.isStringLiteral(initializer) && isMode(initializer.text))
          modes.set(name.getText(), initializer.text);

  for (const node of expressions(source)) {
    const text = node.getText();
    const change = (to: string, verb: string, as: Edit['as'] = 'expression'): Edit => ({
      node,
      to,
      as,
      what: verb === 'drop' ? `drop ${quoted(text)}` : `${verb} ${quoted(text)}`,
    });
    yield* modesOf(node, modes).map(mode => change(`'${mode}'`, `${mode} for`));
    yield* boundaries(node).map(version => change(String(version), `${version} for`));
    yield* certainties(node, costs).map(([to, verb]) => change(to, verb));
    if (isElement(node) && costs.isOne(node)) yield change('[]', 'drop', 'element');
    if (isWhole(node) && costs.isList(node)) yield change('[]', 'drop');
    if (ts.isCallExpression(node) && REACHES.has(node.expression.getText()) && node.arguments[0])
      yield change(`[${node.arguments[0].getText()}]`, 'no further than itself:');
    if (ts.isIdentifier(node) && REACHES.has(text) && !isCallee(node))
      yield change('(one => [one])', 'no further than itself:');
    if (ts.isIdentifier(node)) yield* (VERDICTS[text] ?? []).map(to => change(to, `${to} for`));
    if (isCondition(node) && !isWording(node)) {
      yield change('true', 'always');
      yield change('false', 'never');
    }
  }
}

const isMode = (text: string): boolean => LOCK_MODES.some(mode => mode === text);

/** Expressions that are evaluated when a cost is predicted: not types, names, or what a module evaluates once. */
function* expressions(node: ts.Node, inFunction = false): Iterable<ts.Expression> {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
  if (inFunction && ts.isExpression(node) && !isName(node)) yield node;
  const inside = inFunction || ts.isFunctionLike(node);
  for (const child of childrenOf(node)) yield* expressions(child, inside);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  node.forEachChild(child => void children.push(child));
  return children;
}

const isName = (node: ts.Node): boolean => {
  const { parent } = node;
  return (
    ((ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) &&
      parent.name === node) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isBindingElement(parent) ||
    (ts.isParameter(parent) && parent.name === node) ||
    ts.isExpressionWithTypeArguments(parent)
  );
};

const isCallee = (node: ts.Node): boolean => ts.isCallExpression(node.parent) && node.parent.expression === node;

/** The next weaker and the next stronger mode; ACCESS EXCLUSIVE is also spelled `exclusive`. */
function modesOf(node: ts.Expression, modes: ReadonlyMap<string, string>): string[] {
  const mode = ts.isStringLiteral(node) ? node.text : ts.isIdentifier(node) ? (modes.get(node.text) ?? '') : '';
  const at = LOCK_MODES.findIndex(known => known === mode);
  return at < 0 ? [] : [LOCK_MODES[at - 1], LOCK_MODES[at + 1]].filter(other => other !== undefined);
}

/** The majors beside a version that a cost depends on, as far as servers of both sides have been measured. */
function boundaries(node: ts.Expression): number[] {
  if (!ts.isNumericLiteral(node)) return [];
  const { parent } = node;
  const compared = ts.isBinaryExpression(parent) && /(^|\.)pg$/.test(parent.left.getText());
  const since = ts.isCallExpression(parent) && /^(syntax|lacks)$/.test(parent.expression.getText());
  const version = Number(node.text);
  return compared || since ? [version - 1, version + 1].filter(other => Math.min(other, version) < 18) : [];
}

/** May for will, and will for may. */
function certainties(node: ts.Expression, costs: CostTypes): [string, string][] {
  const text = node.getText();
  if (ts.isCallExpression(node) && node.expression.getText() === 'may' && node.arguments[0])
    return [[node.arguments[0].getText(), 'certain:']];
  if (isUncertain(node) || isPartOfWork(node)) return [];
  if (ts.isCallExpression(node) && CONSTRUCTORS.has(node.expression.getText()) && costs.isOne(node))
    return [[`({ ...${text}, ${UNCERTAIN} })`, 'uncertain']];
  if (ts.isIdentifier(node) && CONSTRUCTORS.has(text) && !isCallee(node) && costs.makesOne(node))
    return [
      [`((...of) => ({ ...${text}(...of), ${UNCERTAIN} }))`, 'uncertain'],
      ...(text === 'exclusive'
        ? ([[`(r => ({ ...exclusive(r), mode: 'EXCLUSIVE' }))`, 'EXCLUSIVE for']] as [string, string][])
        : []),
    ];
  return [];
}

/** Functions whose costs stand inside may(…) wherever they are used. */
const ALREADY_UNCERTAIN = new Set(['reactions', 'inTheWay', 'throughView']);

/** A scan beside the rewrite or build that it is part of: whether it is certain says nothing more (compare.ts). */
function isPartOfWork(node: ts.Expression): boolean {
  const text = node.getText();
  if (!/^scan\b/.test(text)) return false;
  const around = ts.isArrayLiteralExpression(node.parent) || ts.isCallExpression(node.parent) ? node.parent : null;
  const list = around && ts.isSpreadElement(around.parent) ? around.parent.parent : around;
  return list !== null && /\b(rewrite|build|newFile)\(/.test(list.getText());
}

/** Inside may(…), where everything is uncertain already. */
function isUncertain(node: ts.Node): boolean {
  if (ALREADY_UNCERTAIN.has(placeOf(node))) return true;
  for (let at = node.parent; !ts.isFunctionDeclaration(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isCallExpression(at) && at.expression.getText() === 'may') return true;
  return false;
}

/** One of a list's elements, or an argument of push. */
const isElement = (node: ts.Expression): boolean =>
  !ts.isSpreadElement(node) &&
  (ts.isArrayLiteralExpression(node.parent) ||
    (ts.isCallExpression(node.parent) &&
      node.parent.expression !== node &&
      ts.isPropertyAccessExpression(node.parent.expression) &&
      node.parent.expression.name.text === 'push'));

/** A list that is spread, returned or chosen. */
function isWhole(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isArrayLiteralExpression(node) || ts.isIdentifier(node) || ts.isConditionalExpression(node)) return false;
  return (
    ts.isSpreadElement(parent) ||
    ts.isReturnStatement(parent) ||
    (ts.isArrowFunction(parent) && parent.body === node) ||
    (ts.isParenthesizedExpression(parent) && ts.isSpreadElement(parent.parent)) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node)
  );
}

/** Text for the reader: which words a message has is not a cost. */
const isWording = (node: ts.Node): boolean => {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (ts.isCallExpression(at) && /^(reject|fail|say|syntax|lacks)$/.test(at.expression.getText())) return true;
  return false;
};

/** What ends a loop is left alone: a loop without end is noticed by nobody. */
const isCondition = (node: ts.Expression): boolean =>
  (ts.isConditionalExpression(node.parent) && node.parent.condition === node) ||
  (ts.isIfStatement(node.parent) &&
    node.parent.expression === node &&
    !ts.isContinueStatement(node.parent.thenStatement));
