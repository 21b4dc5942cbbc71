import type { Change } from '../../model/effect.ts';
import { keyOf, type Read } from '../../model/schema.ts';
import { all, as, constant, strings, walk, type Body, type Pg, type Tree } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, resolve } from '../resolve.ts';
import { calls } from './calls.ts';
import { nested } from './nested.ts';
import { expressionsIn, readsOf } from './reads.ts';
import { created, fromQuery } from './tables.ts';

/** A query that yields no row, or plans away an expression, calls nothing. */
const NO_ROWS = 'the query may not get to call it';

type Verb = 'insert' | 'update' | 'delete' | 'merge' | 'copy';

const isTrue = (node: Tree | undefined): boolean => constant(node) === 'true' || constant(node) === '1';

/** A WHERE that names rows by a key range, ctid or a LIMITed sub-select keeps the batch small. */
function batched(where: Tree | undefined): boolean {
  let found = false;
  walk(where, (tag, body) => {
    if (tag === 'SelectStmt' && (body as Body<'SelectStmt'>).limitCount) found = true;
    if (tag === 'ColumnRef' && strings((body as Body<'ColumnRef'>).fields).at(-1) === 'ctid') found = true;
    if (tag === 'A_Expr' && (body as Body<'A_Expr'>).kind === 'AEXPR_BETWEEN') found = true;
    return true;
  });
  return found;
}

function hasDefault(node: unknown): boolean {
  let found = false;
  walk(node, tag => {
    found ||= tag === 'SetToDefault';
    return !found;
  });
  return found;
}

function changeRows(
  verb: Verb,
  range: Pg.RangeVar | undefined,
  detail: { bounded: boolean; batched: boolean; columns: readonly string[]; node: unknown },
  at: Reading,
): Change[] {
  const relation = resolve(range, at.catalog);
  const { node, ...rest } = detail;
  const only = range?.inh !== true && (verb === 'update' || verb === 'delete');
  const change = { kind: 'change-rows', relation, verb, ...rest, ...(only ? { only } : {}) } as const;
  const defaults = hasDefault(node) ? { defaults: true as const } : {};
  return [{ ...change, ...defaults, reads: readsOf(node, at.catalog) }];
}

/** Statements inside WITH change rows too. */
function withClause(clause: Pg.WithClause | undefined, at: Reading): Change[] {
  const beside = expressionsIn(clause).map(name => keyOf({ schema: creationSchema(at.catalog), name }));
  const isTable = ({ relation }: Read): boolean => at.catalog.relations.has(relation) || !beside.includes(relation);
  return all(clause?.ctes, 'CommonTableExpr')
    .flatMap(cte => (cte.ctequery ? modifying(cte.ctequery, at) : []))
    .map(change => (change.kind === 'change-rows' ? { ...change, reads: change.reads.filter(isTable) } : change));
}

function modifying(node: Tree, at: Reading): Change[] {
  const insert = as(node, 'InsertStmt');
  if (insert) return [...(rows.InsertStmt?.(insert, at) ?? [])];
  const update = as(node, 'UpdateStmt');
  if (update) return [...(rows.UpdateStmt?.(update, at) ?? [])];
  const remove = as(node, 'DeleteStmt');
  return remove ? [...(rows.DeleteStmt?.(remove, at) ?? [])] : [];
}

const isOff = (value: Tree | undefined): boolean => /^(false|off|0)$/i.test(constant(value) ?? 'true');

const where = (clause: Tree | undefined): { bounded: boolean; batched: boolean } => ({
  bounded: clause !== undefined && !isTrue(clause),
  batched: batched(clause),
});

export const rows: Pick<
  Readers,
  'InsertStmt' | 'UpdateStmt' | 'DeleteStmt' | 'MergeStmt' | 'CopyStmt' | 'SelectStmt' | 'ExplainStmt'
> = {
  InsertStmt: (s, at) => {
    const values = as(s.selectStmt, 'SelectStmt');
    const fixed = (values?.valuesLists?.length ?? 0) > 0 || !values?.fromClause;
    return [
      ...withClause(s.withClause, at),
      ...changeRows(
        'insert',
        s.relation,
        {
          bounded: fixed || values.whereClause !== undefined,
          batched: fixed || values.limitCount !== undefined,
          columns: all(s.cols, 'ResTarget').map(c => c.name ?? ''),
          node: [s.selectStmt, s.withClause],
        },
        at,
      ),
      ...calls(s.selectStmt, at, fixed ? null : NO_ROWS),
      ...calls([s.returningClause, s.onConflictClause], at, NO_ROWS),
    ];
  },
  UpdateStmt: (s, at) => [
    ...withClause(s.withClause, at),
    ...changeRows(
      'update',
      s.relation,
      {
        ...where(s.whereClause),
        columns: all(s.targetList, 'ResTarget').map(c => c.name ?? ''),
        node: [s.fromClause, s.whereClause, s.targetList, s.withClause],
      },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
  DeleteStmt: (s, at) => [
    ...withClause(s.withClause, at),
    ...changeRows(
      'delete',
      s.relation,
      { ...where(s.whereClause), columns: [], node: [s.usingClause, s.whereClause, s.withClause] },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
  MergeStmt: (s, at) => [
    ...changeRows(
      'merge',
      s.relation,
      { bounded: true, batched: false, columns: [], node: [s.sourceRelation, s.withClause] },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
  CopyStmt: (s, at) => {
    if (s.is_program)
      return [{ kind: 'opaque', because: 'COPY … PROGRAM runs a program on the server', dynamic: false }];
    if (!s.is_from)
      return [
        {
          kind: 'read-rows',
          reads: s.relation
            ? [{ relation: keyOf(resolve(s.relation, at.catalog)), columns: null }]
            : readsOf(s.query, at.catalog),
          locking: false,
        },
        ...calls(s.query, at, NO_ROWS),
      ];
    return [
      ...changeRows('copy', s.relation, { bounded: true, batched: false, columns: strings(s.attlist), node: null }, at),
      ...calls(s.whereClause, at, NO_ROWS),
    ];
  },
  SelectStmt: (s, at) => {
    const { intoClause, ...query } = s;
    if (intoClause?.rel) {
      const relation = created(intoClause.rel, 'table', at);
      return [
        fromQuery(relation, intoClause, { SelectStmt: query }, { filled: true, at }),
        ...withClause(s.withClause, at),
        ...calls(query, at, NO_ROWS),
      ];
    }
    const reads = readsOf(s, at.catalog);
    const locking = (s.lockingClause?.length ?? 0) > 0;
    return [
      ...withClause(s.withClause, at),
      ...(reads.length > 0 ? [{ kind: 'read-rows' as const, reads, locking }] : []),
      ...calls(s, at, reads.length > 0 || s.whereClause ? NO_ROWS : null),
    ];
  },
  // A statement is planned under the locks of what it reads; with ANALYZE it is run.
  ExplainStmt: (s, at) => {
    if (s.query && all(s.options, 'DefElem').some(({ defname, arg }) => defname === 'analyze' && !isOff(arg)))
      return nested(s.query, at);
    const reads = readsOf(s.query, at.catalog);
    return [
      { kind: 'inert', statement: 'EXPLAIN', alone: false },
      ...(reads.length > 0 ? [{ kind: 'read-rows' as const, reads, locking: false }] : []),
      ...calls(s.query, at, 'only where the planner evaluates it'),
    ];
  },
};
