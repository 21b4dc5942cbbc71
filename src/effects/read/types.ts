import type { Change } from '../../model/effect.ts';
import { keyOf, type Routine, type Type } from '../../model/schema.ts';
import { all, as, constant, qualified, strings, typeRef, type Pg } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, resolveType } from '../resolve.ts';
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

const checkName = (type: string, taken: readonly { readonly name: string }[]): string =>
  chooseName(type, [], 'check', name => taken.some(known => known.name === name));

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
  ];
}

function alterDomain(s: Pg.AlterDomainStmt, at: Reading): Change[] {
  const key = keyOfNames(s.typeName, at);
  const known = at.catalog.types.get(key);
  switch (s.subtype) {
    case 'C': {
      const c = s.def && 'Constraint' in s.def ? s.def.Constraint : undefined;
      const notNull = c?.contype === 'CONSTR_NOTNULL';
      const name = c?.conname ?? checkName(qualified(s.typeName).name, known?.constraints ?? []);
      return [{ kind: 'add-domain-constraint', key, name, notNull, valid: c?.skip_validation !== true }];
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
      return [{ kind: 'alter-domain-default', key }];
  }
}

function aggregate(s: Pg.DefineStmt, { catalog }: Reading): Change {
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
  };
  return { kind: 'create-routine', routine, replaces: s.replace ?? false, reads: [], writes: [] };
}

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
  CreateRangeStmt: (s, at) => [{ kind: 'create-type', type: typeOf(s.typeName, 'range', at) }],
  CreateDomainStmt: domain,
  AlterDomainStmt: alterDomain,
  DefineStmt: (s, at) => {
    if (s.kind === 'OBJECT_TYPE') return [{ kind: 'create-type', type: typeOf(s.defnames, 'base', at) }];
    if (s.kind === 'OBJECT_AGGREGATE') return [aggregate(s, at)];
    const statement = `CREATE ${s.kind ?? ''} ${constant(s.defnames?.[0]) ?? ''}`.trim();
    return [{ kind: 'inert', statement, alone: false }];
  },
  AlterTypeStmt: () => [{ kind: 'inert', statement: 'ALTER TYPE', alone: false }],
};
