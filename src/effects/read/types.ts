import type { Change } from '../../model/effect.ts';
import { keyOf, type Key, type Routine, type Type } from '../../model/schema.ts';
import { all, as, constant, qualified, strings, typeRef, type Pg } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, resolveType } from '../../catalog/resolve.ts';
import { run } from './bodies.ts';
import { allFunctionCalls } from './function-dependencies.ts';
import { namedBy, ofOperator, ofType, support } from './uses.ts';
import { chooseName } from '../../model/object-names.ts';

function typeOf(names: readonly Pg.Node[] | undefined, kind: Type['kind'], at: Reading): Type {
  const { schema, name } = qualified(names);
  return {
    schema: schema ?? creationSchema(at.catalog),
    name,
    kind,
    age: 'this-transaction',
    labels: [],
    fresh: [],
    base: null,
    constraints: [],
    notNull: false,
  };
}

const keyOfNames = (names: readonly Pg.Node[] | undefined, at: Reading): string => {
  const { schema, name } = qualified(names);
  return keyOf(resolveType({ schema: schema ?? '', name, mods: [], array: false }, at.catalog));
};

const checkName = (type: string, constraints: readonly { readonly name: string }[]): string =>
  chooseName(type, [], 'check', name => constraints.some(existing => existing.name === name));

function domain(s: Pg.CreateDomainStmt, at: Reading): Change[] {
  const type = typeOf(s.domainname, 'domain', at);
  const written = all(s.constraints, 'Constraint');
  const constraints: { name: string; notNull: boolean; valid: boolean }[] = [];
  for (const c of written)
    if (c.contype === 'CONSTR_CHECK')
      constraints.push({ name: c.conname ?? checkName(type.name, constraints), notNull: false, valid: true });
  const notNull = written.some(c => c.contype === 'CONSTR_NOTNULL');
  return [
    {
      kind: 'create-type',
      type: { ...type, base: resolveType(typeRef(s.typeName), at.catalog), constraints, notNull },
    },
    ...support(ofType(type), allFunctionCalls(s.constraints, at.catalog)),
  ];
}

const typeAt = (key: Key, at: Reading): Key => {
  const type = at.catalog.types.get(key);
  return type ? ofType(type) : `type ${key}`;
};

/** The functions that the options of CREATE OPERATOR, AGGREGATE and TYPE name. */
const functionsIn = (options: readonly Pg.Node[] | undefined, { catalog }: Reading): Key[] =>
  all(options, 'DefElem')
    .filter(({ defname = '' }) => !NO_FUNCTION.has(defname))
    .flatMap(({ arg }) => namedBy(arg, catalog));
const NO_FUNCTION = new Set([
  'stype',
  'mstype',
  'basetype',
  'leftarg',
  'rightarg',
  'subtype',
  'like',
  'element',
  'sortop',
  'commutator',
  'negator',
]);

function alterDomain(s: Pg.AlterDomainStmt, at: Reading): Change[] {
  const key = keyOfNames(s.typeName, at);
  const existing = at.catalog.types.get(key);
  switch (s.subtype) {
    case 'C': {
      const c = s.def && 'Constraint' in s.def ? s.def.Constraint : undefined;
      const notNull = c?.contype === 'CONSTR_NOTNULL';
      const name = c?.conname ?? checkName(qualified(s.typeName).name, existing?.constraints ?? []);
      const calls = allFunctionCalls(c?.raw_expr, at.catalog);
      const valid = c?.skip_validation !== true;
      return [
        ...support(typeAt(key, at), calls),
        { kind: 'add-domain-constraint', key, name, notNull, valid },
        ...(valid ? run(calls, at, 'only if a column of the domain has rows') : []),
      ];
    }
    case 'V':
      return [{ kind: 'validate-domain-constraint', key, name: s.name ?? '' }];
    case 'X':
      return [{ kind: 'drop-domain-constraint', key, name: s.name ?? '', notNull: false }];
    case 'O':
      return [{ kind: 'add-domain-constraint', key, name: '', notNull: true, valid: true }];
    case 'N':
      return [{ kind: 'drop-domain-constraint', key, name: null, notNull: true }];
    default:
      return [{ kind: 'alter-domain-default', key }, ...support(typeAt(key, at), allFunctionCalls(s.def, at.catalog))];
  }
}

function aggregate(s: Pg.DefineStmt, at: Reading): Change {
  const { catalog } = at;
  const runs = functionsIn(s.definition, at);
  const { schema, name } = qualified(s.defnames);
  const parameters = all(as(s.args?.[0], 'List')?.items, 'FunctionParameter');
  const routine: Routine = {
    schema: schema ?? creationSchema(catalog),
    name,
    kind: 'aggregate',
    language: 'internal',
    volatility: 'immutable',
    inlined: null,
    parameters: [],
    arguments: parameters.map(parameter => resolveType(typeRef(parameter.argType), catalog)),
    returns: null,
    age: 'this-transaction',
    body: null,
    ...(runs.length > 0 ? { runs } : {}),
  };
  return { kind: 'create-routine', routine, replaces: s.replace ?? false, reads: [], writes: [] };
}

/** Of one that the server has under the same name only functions count that can be read: any `=` would be it. */
function operator(s: Pg.DefineStmt, at: Reading): Change[] {
  const name = strings(s.defnames).at(-1) ?? '';
  const isRead = (key: Key): boolean =>
    at.catalog.routines.get(key)?.every(({ language }) => language === 'sql' || language === 'plpgsql') ?? false;
  const functions = functionsIn(s.definition, at).filter(key => !SERVER_OPERATORS.has(name) || isRead(key));
  const statement = `CREATE OBJECT_OPERATOR ${name}`;
  // DISTINCT, USING and CASE compare by operators that they do not name.
  const operand = all(s.definition, 'DefElem').find(({ defname }) => defname === 'leftarg' || defname === 'rightarg');
  const type = resolveType(typeRef(as(operand?.arg, 'TypeName')), at.catalog);
  return [
    { kind: 'inert', statement, alone: false },
    ...support(ofOperator(name), functions),
    ...support(ofType(type), functions.filter(isRead)),
  ];
}

/** Names of pg_operator. */
const SERVER_OPERATORS = new Set(
  (
    '= <> != < > <= >= + - * / % ^ & | # ~ << >> || ~~ ~~* !~~ !~~* ~* !~ !~* @> <@ && &< &> <-> -> ->> #> #>> #- ' +
    '@ @@ @@@ @? ? ?| ?& !! |/ ||/ @-@ ## -|- ?# ?- ?-| ?|| ~= <<= >>= <<| |>> &<| |&> <^ >^ ^@ ~<~ ~<=~ ~>~ ~>=~ ' +
    '% <% %> <<% %>> *= *<> *< *> *<= *>='
  ).split(' '),
);

export const types: Pick<
  Readers,
  | 'CreateEnumStmt'
  | 'AlterEnumStmt'
  | 'CompositeTypeStmt'
  | 'CreateRangeStmt'
  | 'CreateDomainStmt'
  | 'AlterDomainStmt'
  | 'DefineStmt'
  | 'AlterTypeStmt'
> = {
  CreateEnumStmt: (s, at) => [
    { kind: 'create-type', type: { ...typeOf(s.typeName, 'enum', at), labels: strings(s.vals) } },
  ],
  AlterEnumStmt: (s, at) => {
    const key = keyOfNames(s.typeName, at);
    const label = s.newVal ?? '';
    if (s.oldVal !== undefined) return [{ kind: 'rename-enum-value', key, label: s.oldVal, to: label }];
    const exists = at.catalog.types.get(key)?.labels.includes(label) ?? false;
    return [{ kind: 'add-enum-value', key, label, exists: exists && (s.skipIfNewValExists ?? false) }];
  },
  CompositeTypeStmt: (s, at) => {
    const schema = s.typevar?.schemaname ?? creationSchema(at.catalog);
    const attributes = all(s.coldeflist, 'ColumnDef').map(({ colname = '', typeName }) => ({
      name: colname,
      type: keyOf(resolveType(typeRef(typeName), at.catalog)),
    }));
    const name = s.typevar?.relname ?? '';
    return [{ kind: 'create-type', type: { ...typeOf([], 'composite', at), schema, name, attributes } }];
  },
  CreateRangeStmt: (s, at) => {
    const type = typeOf(s.typeName, 'range', at);
    return [{ kind: 'create-type', type }, ...support(ofType(type), functionsIn(s.params, at))];
  },
  CreateDomainStmt: domain,
  AlterDomainStmt: alterDomain,
  DefineStmt: (s, at) => {
    if (s.kind === 'OBJECT_TYPE') {
      const isShell = all(s.definition, 'DefElem').length === 0;
      const type = { ...typeOf(s.defnames, 'base', at), ...(isShell && { shell: true as const }) };
      return [{ kind: 'create-type', type }, ...support(ofType(type), functionsIn(s.definition, at))];
    }
    if (s.kind === 'OBJECT_OPERATOR') return operator(s, at);
    if (s.kind === 'OBJECT_AGGREGATE') return [aggregate(s, at)];
    const statement = `CREATE ${s.kind ?? ''} ${constant(s.defnames?.[0]) ?? ''}`.trim();
    return [{ kind: 'inert', statement, alone: false }];
  },
  AlterTypeStmt: () => [{ kind: 'inert', statement: 'ALTER TYPE', alone: false }],
};
