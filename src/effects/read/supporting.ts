import type { Change } from '../../model/effect.ts';
import type { Key } from '../../model/schema.ts';
import { all, as, strings, typeRef, type Pg } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { resolveType } from '../../catalog/resolve.ts';
import { run } from './bodies.ts';
import { ANY_OPERATOR_CLASS } from './operator-classes.ts';
import { namedIn, ofOperator, ofOperatorClass, ofType, support } from './uses.ts';

const inert = (statement: string): Change => ({ kind: 'inert', statement, alone: false });

const behindType = (type: Pg.TypeName | undefined, routines: readonly Key[], { catalog }: Reading): Change[] =>
  routines.length > 0 ? [{ kind: 'add-support', of: ofType(resolveType(typeRef(type), catalog)), routines }] : [];

/** Statements that put functions behind something that runs them. */
export const supporting: Pick<
  Readers,
  | 'CreateCastStmt'
  | 'CreateOpClassStmt'
  | 'AlterOpFamilyStmt'
  | 'CreatePLangStmt'
  | 'CreateFdwStmt'
  | 'CreateForeignServerStmt'
  | 'CreateUserMappingStmt'
> = {
  CreateCastStmt: (s, at) => {
    const routines = namedIn(s.func?.objname, at.catalog);
    return [inert('CREATE CAST'), ...behindType(s.sourcetype, routines, at), ...behindType(s.targettype, routines, at)];
  },
  CreateOpClassStmt: (s, at) => {
    const routines = supportFunctions(s.items, at);
    const operatorClass = ofOperatorClass(strings(s.opclassname).at(-1) ?? '');
    return [
      inert('CREATE OPERATOR CLASS'),
      ...behindType(s.datatype, routines, at),
      ...support(operatorClass, routines),
      ...support(ANY_OPERATOR_CLASS, routines),
    ];
  },
  // FUNCTION n (type, type) f: it serves every operator class of the family for that type.
  AlterOpFamilyStmt: (s, at) => [
    inert('ALTER OPERATOR FAMILY'),
    ...all(s.items, 'CreateOpClassItem').flatMap(item => {
      const routines = supportFunctions([{ CreateOpClassItem: item }], at);
      const types = all([...(item.class_args ?? []), ...(item.name?.objargs ?? [])], 'TypeName');
      return [...types.flatMap(type => behindType(type, routines, at)), ...support(ANY_OPERATOR_CLASS, routines)];
    }),
  ],
  // A handler that the migrations name runs all that is written in the language.
  CreatePLangStmt: s =>
    s.plhandler
      ? [{ kind: 'opaque', because: `CREATE LANGUAGE ${s.plname ?? ''} has a custom handler`, dynamic: false }]
      : [inert('CREATE LANGUAGE')],
  CreateFdwStmt: (s, at) => {
    const routines = all(s.func_options, 'DefElem').flatMap(({ arg }) => namedIn(as(arg, 'List')?.items, at.catalog));
    return [
      inert('CREATE FOREIGN DATA WRAPPER'),
      ...(routines.length > 0 ? [{ kind: 'add-support' as const, of: WRAPPERS, routines }] : []),
      ...run(routines, at, VALIDATED),
    ];
  },
  CreateForeignServerStmt: (_, at) => [inert('CREATE SERVER'), ...validated(at)],
  CreateUserMappingStmt: (_, at) => [inert('CREATE USER MAPPING'), ...validated(at)],
};

/** FUNCTION, not OPERATOR (OPCLASS_ITEM_FUNCTION). */
const FUNCTION = 2;

const supportFunctions = (items: readonly Pg.Node[] | undefined, { catalog }: Reading): Key[] =>
  all(items, 'CreateOpClassItem').flatMap(item =>
    item.itemtype === FUNCTION
      ? namedIn(item.name?.objname, catalog)
      : (catalog.support.get(ofOperator(strings(item.name?.objname).at(-1) ?? '')) ?? []),
  );

const WRAPPERS = 'foreign data wrapper';
const VALIDATED = 'the validator of the foreign data wrapper runs with these options';

const validated = (at: Reading): Change[] => run(at.catalog.support.get(WRAPPERS) ?? [], at, VALIDATED);
