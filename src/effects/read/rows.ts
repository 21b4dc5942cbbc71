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

type Detail = Bounds & Pick<ChangeOf<'change-rows'>, 'every' | 'meets' | 'excess' | 'generated'>;

interface Written extends Pick<ChangeOf<'change-rows'>, 'columns'> {
  /** What the values and the rows are made from. */
  readonly node: unknown;
  /** Not asked for where only the schema counts. */
  readonly detail: (table: Table | undefined) => Detail;
}

const UNBOUNDED: Detail = { bounded: false, batched: false };

function changeRows(
  verb: Verb,
  range: Pg.RangeVar | undefined,
  { node, columns, detail }: Written,
  at: Reading,
): Change[] {
  const relation = resolve(range, at.catalog);
  if (isSystem(range ?? {}, relation.schema, at.catalog)) return [{ kind: 'write-catalog', name: relation.name, verb }];
  const only = range?.inh !== true && (verb === 'update' || verb === 'delete');
  const rest = at.schemaOnly ? UNBOUNDED : detail(at.catalog.relations.get(keyOf(relation)));
  const change = { kind: 'change-rows', relation, verb, ...rest, columns, ...(only ? { only } : {}) } as const;
  // Without a function of the migrations nothing asks what a row is made from.
  if (at.schemaOnly && at.catalog.routines.size === 0)
    return [{ ...change, reads: [] }, ...throughView(change, at.catalog)];
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
  const written = {
    columns: namesOf(targetList),
    node: [targetList, whereClause],
    detail: () => ({
      bounded: fixed || query.whereClause !== undefined || whereClause !== undefined,
      batched: fixed || query.limitCount !== undefined,
    }),
  };
  const condition = 'only if the row already exists';
  return changeRows('update', relation, written, at).map(change => ({ ...change, condition }));
}

/** A view that can be updated stands for the tables that it reads. */
function throughView(change: Omit<ChangeOf<'change-rows'>, 'reads'>, catalog: Catalog): Change[] {
  if (change.relation.kind !== 'view' || change.verb === 'insert') return [];
  const condition = 'only if the view is updatable';
  const { meets: _, ...rest } = change;
  return tablesOf(keyOf(change.relation), catalog).map(relation => ({ ...rest, relation, reads: [], condition }));
}

function tablesOf(view: Key, catalog: Catalog, visited: readonly Key[] = []): Relation[] {
  const reads = visited.includes(view) ? [] : (catalog.relations.get(view)?.reads ?? []);
  return reads.flatMap(({ relation: key }) => {
    const relation = relationAt(key, catalog);
    return relation.kind === 'view' ? tablesOf(key, catalog, [...visited, view]) : [relation];
  });
}

/** Statements inside WITH change rows too, wherever the query has one. */
function modifying(query: unknown, at: Reading): Change[] {
  const expressions = expressionsIn(query).map(name => keyOf({ schema: creationSchema(at.catalog), name }));
  const isTable = ({ relation }: Read): boolean =>
    at.catalog.relations.has(relation) || !expressions.includes(relation);
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

const COPIED: Detail = { bounded: true, batched: false };

const isOff = (value: Tree | undefined): boolean => /^(false|off|0)$/i.test(constant(value) ?? 'true');

const namesOf = (targets: readonly Tree[] | undefined): string[] => all(targets, 'ResTarget').map(c => c.name ?? '');

export const rows: Pick<
  Readers,
  'InsertStmt' | 'UpdateStmt' | 'DeleteStmt' | 'MergeStmt' | 'CopyStmt' | 'SelectStmt' | 'ExplainStmt'
> = {
  InsertStmt: (s, at) => {
    const values = as(s.selectStmt, 'SelectStmt');
    const fixed = (values?.valuesLists?.length ?? 0) > 0 || !values?.fromClause;
    const detail = (table: Table | undefined): Detail => {
      const { meets, widest, ...always } = inserted(s, table);
      const bounded = fixed || values.whereClause !== undefined;
      return { bounded, batched: fixed || values.limitCount !== undefined, ...always, ...metBy(meets, widest) };
    };
    const written = { columns: namesOf(s.cols), node: [s.selectStmt, s.withClause], detail };
    return [
      ...modifying([s.withClause, s.selectStmt], at),
      ...changeRows('insert', s.relation, written, at),
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
        columns: namesOf(s.targetList),
        node: [s.fromClause, s.whereClause, s.targetList, s.withClause],
        detail: table => ({
          ...boundsOf(s.whereClause, table),
          ...updatedGenerated(s.targetList, table),
          ...metBy([...assigned(s.targetList), ...(s.fromClause ? [] : compared(s.whereClause))]),
        }),
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
        columns: [],
        node: [s.usingClause, s.whereClause, s.withClause],
        detail: table => ({
          ...boundsOf(s.whereClause, table),
          ...metBy(s.usingClause ? [] : compared(s.whereClause)),
        }),
      },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
  MergeStmt: (s, at) => [
    ...modifying(s.withClause, at),
    ...changeRows(
      'merge',
      s.relation,
      {
        columns: [],
        node: [s.sourceRelation, s.withClause],
        detail: () => {
          const every = takenWhole(s, at.catalog);
          return { bounded: true, batched: false, ...(every.length > 0 ? { every } : {}) };
        },
      },
      at,
    ),
    ...calls(s, at, NO_ROWS),
  ],
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
      ...changeRows('copy', s.relation, { columns: strings(s.attlist), node: null, detail: () => COPIED }, at),
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
