import type { Change, ChangeOf, Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type Read, type Table } from '../../model/schema.ts';
import { all, as, constant, holds, strings, walk, type Pg, type Tag, type Tree } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, relationAt, resolve } from '../../catalog/resolve.ts';
import { calls } from './calls.ts';
import { assigned, compared, inserted, updatedGenerated } from './constants-met.ts';
import { statementInBody } from './statement-in-body.ts';
import { expressionsIn, isSystem, readsOf } from './reads.ts';
import { boundsOf, takenWhole, type Bounds } from './row-bounds.ts';
import { created, fromQuery } from './tables.ts';

/** A query that yields no row, or plans away an expression, calls nothing. */
const NO_ROWS = 'the query may not call it';

type Verb = 'insert' | 'update' | 'delete' | 'merge' | 'copy';

function changeRows(
  verb: Verb,
  range: Pg.RangeVar | undefined,
  detail: Bounds &
    Pick<ChangeOf<'change-rows'>, 'columns' | 'every' | 'meets' | 'excess' | 'generated'> & { readonly node: unknown },
  at: Reading,
): Change[] {
  const relation = resolve(range, at.catalog);
  if (isSystem(range ?? {}, relation.schema, at.catalog)) return [{ kind: 'write-catalog', name: relation.name, verb }];
  const { node, ...rest } = detail;
  const only = range?.inh !== true && (verb === 'update' || verb === 'delete');
  const change = { kind: 'change-rows', relation, verb, ...rest, ...(only ? { only } : {}) } as const;
  const defaults = holds(node, ['SetToDefault']) ? { defaults: true as const } : {};
  return [{ ...change, ...defaults, reads: readsOf(node, at.catalog) }, ...throughView(change, at.catalog)];
}

/** ON CONFLICT DO UPDATE: the rows that are there already. */
function updated(
  { relation, selectStmt }: Pg.InsertStmt,
  { targetList, whereClause }: Pg.OnConflictClause,
  at: Reading,
): Change[] {
  const query = as(selectStmt, 'SelectStmt');
  const fixed = (query?.valuesLists?.length ?? 0) > 0 || !query?.fromClause;
  const detail = {
    bounded: fixed || query.whereClause !== undefined || whereClause !== undefined,
    batched: fixed || query.limitCount !== undefined,
    columns: all(targetList, 'ResTarget').map(c => c.name ?? ''),
    node: [targetList, whereClause],
  };
  const condition = 'only if the row already exists';
  return changeRows('update', relation, detail, at).map(change => ({ ...change, condition }));
}

/** A view that can be updated stands for the tables that it reads. */
function throughView(change: Omit<ChangeOf<'change-rows'>, 'reads'>, catalog: Catalog): Change[] {
  if (change.relation.kind !== 'view' || change.verb === 'insert') return [];
  const condition = 'only if the view is updatable';
  const { meets: _, ...rest } = change;
  return tablesOf(keyOf(change.relation), catalog).map(relation => ({ ...rest, relation, reads: [], condition }));
}

function tablesOf(view: Key, catalog: Catalog, seen: readonly Key[] = []): Relation[] {
  const reads = seen.includes(view) ? [] : (catalog.relations.get(view)?.reads ?? []);
  return reads.flatMap(({ relation: key }) => {
    const relation = relationAt(key, catalog);
    return relation.kind === 'view' ? tablesOf(key, catalog, [...seen, view]) : [relation];
  });
}

/** Statements inside WITH change rows too, wherever the query has one. */
function modifying(query: unknown, at: Reading): Change[] {
  const beside = expressionsIn(query).map(name => keyOf({ schema: creationSchema(at.catalog), name }));
  const isTable = ({ relation }: Read): boolean => at.catalog.relations.has(relation) || !beside.includes(relation);
  const changes: Change[] = [];
  walk(query, (tag, body) => {
    const reader = MODIFYING.has(tag)
      ? (rows[tag as 'InsertStmt'] as ((body: never, at: Reading) => Change[]) | undefined)
      : undefined;
    changes.push(...(reader?.(body, at) ?? []));
    return reader === undefined;
  });
  return changes.map(change =>
    change.kind === 'change-rows' ? { ...change, reads: change.reads.filter(isTable) } : change,
  );
}

type Met = Pick<ChangeOf<'change-rows'>, 'meets' | 'excess'>;

const metBy = (meets: NonNullable<Met['meets']>, excess = 0): Met => ({
  ...(meets.length > 0 ? { meets } : {}),
  ...(excess > 0 ? { excess } : {}),
});

const MODIFYING: ReadonlySet<Tag> = new Set<Tag>(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/** COPY from or to a file of the server's machine. */
const onServer = ({ filename }: Pg.CopyStmt): Change[] =>
  filename === undefined
    ? []
    : [{ kind: 'opaque', because: `COPY TO ${filename} writes a file on the server`, dynamic: false }];

const isOff = (value: Tree | undefined): boolean => /^(false|off|0)$/i.test(constant(value) ?? 'true');

const tableOf = (range: Pg.RangeVar | undefined, { catalog }: Reading): Table | undefined =>
  catalog.relations.get(keyOf(resolve(range, catalog)));

export const rows: Pick<
  Readers,
  'InsertStmt' | 'UpdateStmt' | 'DeleteStmt' | 'MergeStmt' | 'CopyStmt' | 'SelectStmt' | 'ExplainStmt'
> = {
  InsertStmt: (s, at) => {
    const values = as(s.selectStmt, 'SelectStmt');
    const { meets, widest, ...always } = inserted(s, tableOf(s.relation, at));
    const given = [meets, widest] as const;
    const fixed = (values?.valuesLists?.length ?? 0) > 0 || !values?.fromClause;
    return [
      ...modifying([s.withClause, s.selectStmt], at),
      ...changeRows(
        'insert',
        s.relation,
        {
          bounded: fixed || values.whereClause !== undefined,
          batched: fixed || values.limitCount !== undefined,
          columns: all(s.cols, 'ResTarget').map(c => c.name ?? ''),
          ...always,
          node: [s.selectStmt, s.withClause],
          ...metBy(...given),
        },
        at,
      ),
      ...(s.onConflictClause?.action === 'ONCONFLICT_UPDATE' ? updated(s, s.onConflictClause, at) : []),
      ...calls([s.selectStmt, s.withClause], at, fixed ? null : NO_ROWS),
      ...calls([s.onConflictClause, s.returningClause], at, NO_ROWS),
    ];
  },
  UpdateStmt: (s, at) => [
    ...modifying(s.withClause, at),
    ...changeRows(
      'update',
      s.relation,
      {
        ...boundsOf(s.whereClause, tableOf(s.relation, at)),
        columns: all(s.targetList, 'ResTarget').map(c => c.name ?? ''),
        ...updatedGenerated(s.targetList, tableOf(s.relation, at)),
        node: [s.fromClause, s.whereClause, s.targetList, s.withClause],
        ...metBy([...assigned(s.targetList), ...(s.fromClause ? [] : compared(s.whereClause))]),
      },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
  DeleteStmt: (s, at) => [
    ...modifying(s.withClause, at),
    ...changeRows(
      'delete',
      s.relation,
      {
        ...boundsOf(s.whereClause, tableOf(s.relation, at)),
        columns: [],
        node: [s.usingClause, s.whereClause, s.withClause],
        ...metBy(s.usingClause ? [] : compared(s.whereClause)),
      },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
  MergeStmt: (s, at) => {
    const every = takenWhole(s, at.catalog);
    return [
      ...modifying(s.withClause, at),
      ...changeRows(
        'merge',
        s.relation,
        {
          bounded: true,
          batched: false,
          columns: [],
          node: [s.sourceRelation, s.withClause],
          ...(every.length > 0 ? { every } : {}),
        },
        at,
      ),
      ...calls(s, at, NO_ROWS),
    ];
  },
  CopyStmt: (s, at) => {
    if (s.is_program)
      return [{ kind: 'opaque', because: 'COPY … PROGRAM runs a program on the server', dynamic: false }];
    // A query is run as it stands: it may change rows, or call what does.
    if (!s.is_from && s.query) return [...onServer(s), ...statementInBody(s.query, at)];
    if (!s.is_from)
      return [
        ...onServer(s),
        {
          kind: 'read-rows',
          reads: [{ relation: keyOf(resolve(s.relation, at.catalog)), columns: null }],
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
        ...modifying(query, at),
        ...calls(query, at, NO_ROWS),
      ];
    }
    const reads = readsOf(s, at.catalog);
    const locking = (s.lockingClause?.length ?? 0) > 0;
    return [
      ...modifying(s, at),
      ...(reads.length > 0 ? [{ kind: 'read-rows' as const, reads, locking }] : []),
      ...calls(s, at, reads.length > 0 || s.whereClause ? NO_ROWS : null),
    ];
  },
  // A statement is planned under the locks of what it reads; with ANALYZE it is run.
  ExplainStmt: (s, at) => {
    if (s.query && all(s.options, 'DefElem').some(({ defname, arg }) => defname === 'analyze' && !isOff(arg)))
      return statementInBody(s.query, at);
    const reads = readsOf(s.query, at.catalog);
    return [
      { kind: 'inert', statement: 'EXPLAIN', alone: false },
      ...(reads.length > 0 ? [{ kind: 'read-rows' as const, reads, locking: false }] : []),
      ...calls(s.query, at, 'only if the planner evaluates it'),
    ];
  },
};
