import { bare } from '../../model/bare.ts';
import { schemasIn } from '../../catalog/apply/session.ts';
import type { Relation } from '../../model/effect.ts';
import type { Node } from '../../model/source.ts';
import {
  keyOf,
  type Catalog,
  type Policy,
  type Rewrite,
  type Routine,
  type Trigger,
  type Volatility,
} from '../../model/schema.ts';
import {
  all,
  as,
  columnsIn,
  constant,
  qualified,
  strings,
  typeRef,
  walk,
  type Body,
  type Pg,
} from '../../sql/nodes.ts';
import { parseNow } from '../../sql/parse-now.ts';
import { inlined, statementsOf } from '../inlined.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, resolve, resolveType } from '../../catalog/resolve.ts';
import { allFunctionCalls, functionCalls } from './function-dependencies.ts';
import { calls } from './calls.ts';
import { routineKeys } from './named-routines.ts';
import { routineKey, signature } from './objects.ts';
import { readDo } from './plpgsql.ts';
import { readsOf } from './reads.ts';
import { createView } from './views.ts';
import { stringsIn } from './string-syntax.ts';
import { bound } from './bound-names.ts';

/** Bits of TRIGGER_TYPE_* (pg_trigger.h). */
const EVENTS = [
  [4, 'insert'],
  [8, 'delete'],
  [16, 'update'],
  [32, 'truncate'],
] as const;

const INSTEAD = 64;

function triggerOf(s: Pg.CreateTrigStmt, catalog: Catalog): Trigger {
  return {
    name: s.trigname ?? '',
    function: routineKey(qualified(s.funcname), catalog),
    constraint: s.isconstraint ?? false,
    ...(s.initdeferred ? { deferred: true as const } : {}),
    enabled: true,
    row: s.row ?? false,
    events: EVENTS.flatMap(([bit, event]) => ((s.events ?? 0) & bit ? [event] : [])),
    reads: [...strings(s.columns), ...columnsIn(s.whenClause)],
    ...((s.timing ?? 0) & INSTEAD ? { instead: true } : {}),
    ...(s.args ? { given: strings(s.args) } : {}),
    ...functionCalls(s.whenClause, catalog),
  };
}

const VOLATILITIES: Readonly<Record<string, Volatility>> = bare({
  immutable: 'immutable',
  stable: 'stable',
  volatile: 'volatile',
});

function routineOf(s: Pg.CreateFunctionStmt, at: Reading): Routine {
  const options = new Map(all(s.options, 'DefElem').map(option => [option.defname ?? '', option.arg]));
  const { schema, name } = qualified(s.funcname);
  const bodies = strings(as(options.get('as'), 'List')?.items);
  const body = bodies[0] ?? null;
  const language = (constant(options.get('language')) ?? 'sql').toLowerCase();
  const declared = VOLATILITIES[constant(options.get('volatility')) ?? ''] ?? 'volatile';
  const parameters = all(s.parameters, 'FunctionParameter').filter(
    p => !['FUNC_PARAM_OUT', 'FUNC_PARAM_TABLE'].includes(p.mode ?? ''),
  );
  return {
    schema: schema ?? creationSchema(at.catalog),
    name,
    kind: s.is_procedure ? 'procedure' : 'function',
    language,
    volatility: declared,
    inlined: language === 'sql' ? inlined(s, body, { declared, catalog: at.catalog }) : null,
    parameters: parameters.map(p => p.name ?? ''),
    arguments: parameters.map(p => resolveType(typeRef(p.argType), at.catalog)),
    returns: s.returnType ? resolveType(typeRef(s.returnType), at.catalog) : null,
    age: 'this-transaction',
    body,
    ...(s.sql_body ? { statements: bound(statementsOf(s.sql_body, null), at.catalog) } : {}),
    ...pathOf(all(s.options, 'DefElem'), at),
    ...(parameters.at(-1)?.mode === 'FUNC_PARAM_VARIADIC' ? { variadic: true } : {}),
    ...defaults(parameters, at),
  };
}

const defaults = (parameters: readonly Pg.FunctionParameter[], { catalog }: Reading): Pick<Routine, 'runs'> => {
  const runs = allFunctionCalls(
    parameters.map(({ defexpr }) => defexpr),
    catalog,
  );
  return runs.length > 0 ? { runs } : {};
};

/** SET search_path of a function. */
function pathOf(options: readonly Pg.DefElem[], { catalog }: Reading): Pick<Routine, 'searchPath'> {
  const set = options
    .filter(({ defname }) => defname === 'set')
    .map(({ arg }) => as(arg, 'VariableSetStmt'))
    .findLast(option => option?.name === 'search_path');
  if (set?.kind === 'VAR_SET_CURRENT') return { searchPath: catalog.searchPath };
  if (set?.kind !== 'VAR_SET_VALUE') return {};
  return { searchPath: schemasIn((set.args ?? []).map(arg => constant(arg) ?? '').join(', ')) };
}

/** The body of an SQL function in quotes, unless it waits for its types (fmgr_sql_validator, pg_proc.c). */
function checkedBody({ language, body, arguments: types }: Routine, { settings }: Reading): unknown {
  const unchecked = /^(off|false|no|0)$/i.test(settings.get('check_function_bodies') ?? 'on');
  const isOpen = types.some(({ name }) => name.startsWith('any'));
  return language !== 'sql' || body === null || unchecked || isOpen ? null : parseNow(body);
}

/** What INSERT, UPDATE and DELETE change. */
function writtenIn(node: unknown, catalog: Catalog): Relation[] {
  const targets: Relation[] = [];
  walk(node, (tag, body) => {
    if (tag === 'InsertStmt' || tag === 'UpdateStmt' || tag === 'DeleteStmt')
      targets.push(resolve((body as Body<'InsertStmt'>).relation, catalog));
    return true;
  });
  return targets;
}

/** Columns named outside of subqueries. */
function ownColumns(expressions: unknown): string[] {
  const columns: string[] = [];
  walk(expressions, (tag, body) => {
    if (tag === 'ColumnRef') columns.push(...columnsIn({ ColumnRef: body }));
    return tag !== 'SelectStmt';
  });
  return columns;
}

const RULE_EVENTS: Readonly<Record<string, Rewrite['event']>> = bare({
  CMD_SELECT: 'select',
  CMD_INSERT: 'insert',
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
});

const rewriteOf = (s: Pg.RuleStmt, catalog: Catalog): Rewrite => ({
  rule: s.rulename ?? '',
  event: RULE_EVENTS[s.event ?? ''] ?? 'select',
  actions: bound(s.actions ?? [], catalog),
  condition: (s.whereClause as Node | undefined) ?? null,
});

/** It reads its own table, too. */
const policyOf = ({ policy_name, table, qual, with_check }: Pg.CreatePolicyStmt, catalog: Catalog): Policy => ({
  name: policy_name ?? '',
  reads: [
    { relation: keyOf(resolve(table, catalog)), columns: ownColumns([qual, with_check]) },
    ...readsOf([qual, with_check], catalog),
  ],
  ...functionCalls([qual, with_check], catalog),
});

export const programs: Pick<
  Readers,
  | 'ViewStmt'
  | 'RefreshMatViewStmt'
  | 'CreateTrigStmt'
  | 'CreatePolicyStmt'
  | 'AlterPolicyStmt'
  | 'RuleStmt'
  | 'CreateFunctionStmt'
  | 'AlterFunctionStmt'
  | 'CallStmt'
  | 'DoStmt'
  | 'CreateEventTrigStmt'
  | 'AlterEventTrigStmt'
> = {
  ViewStmt: createView,
  RefreshMatViewStmt: (s, { catalog }) => [
    {
      kind: 'refresh',
      relation: resolve(s.relation, catalog, 'materialized-view'),
      concurrently: s.concurrent ?? false,
      withData: !s.skipData,
    },
  ],
  CreateTrigStmt: (s, { catalog }) => [
    {
      kind: 'create-trigger',
      relation: resolve(s.relation, catalog),
      trigger: triggerOf(s, catalog),
      replaces: s.replace ?? false,
    },
  ],
  CreatePolicyStmt: (s, { catalog }) => [
    { kind: 'create-policy', relation: resolve(s.table, catalog), policy: policyOf(s, catalog) },
  ],
  AlterPolicyStmt: (s, { catalog }) => [
    { kind: 'alter-policy', relation: resolve(s.table, catalog), policy: policyOf(s, catalog) },
  ],
  RuleStmt: (s, { catalog }) => [
    {
      kind: 'create-rule',
      relation: resolve(s.relation, catalog),
      rule: s.rulename ?? '',
      reads: readsOf([s.actions, s.whereClause], catalog),
      rewrite: rewriteOf(s, catalog),
    },
  ],
  CreateFunctionStmt: (s, at) => {
    const routine = routineOf(s, at);
    const checked = s.sql_body ?? checkedBody(routine, at);
    return [
      {
        kind: 'create-routine',
        routine,
        replaces: s.replace ?? false,
        reads: readsOf(checked, at.catalog),
        writes: writtenIn(checked, at.catalog),
        ...(s.sql_body ? { parsed: true } : {}),
      },
      ...stringsIn(s.options),
    ];
  },
  AlterFunctionStmt: (s, at) => {
    const { catalog } = at;
    const action = all(s.actions, 'DefElem').find(option => option.defname === 'volatility');
    const to = VOLATILITIES[constant(action?.arg) ?? ''];
    const types = s.func ? signature({ ObjectWithArgs: s.func }, catalog) : null;
    const key = routineKey(qualified(s.func?.objname), catalog);
    const path = pathOf(all(s.actions, 'DefElem'), at);
    return [
      { kind: 'alter-routine', key, arguments: types, to: { ...(to && { volatility: to }), ...path } },
      ...stringsIn(s.actions),
    ];
  },
  CallStmt: (s, at) => {
    const called = calls(s.funccall ? [{ FuncCall: s.funccall }] : [], at);
    const name = strings(s.funccall?.funcname).join('.');
    return called.length > 0 || routineKeys(qualified(s.funccall?.funcname), at.catalog).length > 0
      ? called
      : [{ kind: 'opaque', because: `CALL ${name}: the procedure is not defined in the migrations`, dynamic: true }];
  },
  DoStmt: readDo,
  CreateEventTrigStmt: (s, { catalog }) => {
    const name = s.trigname ?? '';
    const tags = all(s.whenclause, 'DefElem').flatMap(({ arg }) => strings(as(arg, 'List')?.items));
    const key = routineKey(qualified(s.funcname), catalog);
    const trigger = {
      name,
      event: s.eventname ?? '',
      tags: tags.map(tag => tag.toUpperCase()),
      function: key,
      enabled: true,
    };
    return [
      { kind: 'inert', statement: 'CREATE EVENT TRIGGER', alone: false },
      ...(catalog.routines.has(key) ? [{ kind: 'set-event-trigger' as const, name, trigger }] : []),
    ];
  },
  AlterEventTrigStmt: (s, { catalog }) => {
    const name = s.trigname ?? '';
    const existing = catalog.eventTriggers.get(name);
    const trigger = existing && { ...existing, enabled: s.tgenabled !== 'D' };
    return [
      { kind: 'inert', statement: 'ALTER EVENT TRIGGER', alone: false },
      ...(trigger ? [{ kind: 'set-event-trigger' as const, name, trigger }] : []),
    ];
  },
};
