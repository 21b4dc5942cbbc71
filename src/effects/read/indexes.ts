import { comparing } from './conjuncts.ts';
import type { Change } from '../../model/effect.ts';
import { keyOf, type Index } from '../../model/schema.ts';
import { all, as, columnsIn, strings, type Pg, type Tree } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { functionCalls } from './function-dependencies.ts';
import { indexSupport, withSupport } from './operator-classes.ts';
import { optionsOn } from './options.ts';
import { expressionName } from './expression-name.ts';
import { isMutableFor } from '../mutable-overloads.ts';
import { isMutable } from '../volatility.ts';
import { resolve, resolveIndex, resolveName } from '../../catalog/resolve.ts';
import { chooseName, indexColumnNames } from '../../model/object-names.ts';

function readIndex(s: Pg.IndexStmt, at: Reading): Change[] {
  const relation = resolve(s.relation, at.catalog);
  const elements = all(s.indexParams, 'IndexElem');
  const including = all(s.indexIncludingParams, 'IndexElem').flatMap(element => element.name ?? []);
  const columns = elements.map(element => element.name ?? plainColumn(element.expr));
  const isTaken = (name: string): boolean => {
    const key = keyOf({ schema: relation.schema, name });
    return at.catalog.relations.has(key) || at.catalog.indexes.has(key);
  };
  const typed = { columns: at.catalog.relations.get(keyOf(relation))?.columns ?? [], pg: at.pg };
  const called = elements.map(element => element.name ?? expressionName(element.expr));
  const names = indexColumnNames([...called, ...including]);
  const name = s.idxname ?? chooseName(relation.name, names, 'idx', isTaken);
  const only = s.relation?.inh !== true;
  const index: Index = {
    name,
    columns,
    reads: [
      ...new Set([...elements.flatMap(element => columnsIn(element.expr)), ...columnsIn(s.whereClause), ...including]),
    ],
    unique: s.unique ?? false,
    method: s.accessMethod ?? 'btree',
    partial: s.whereClause !== undefined,
    ...comparing(s.whereClause),
    // ON ONLY waits for the indexes of the partitions, where there are any (DefineIndex).
    valid: !(only && relation.kind === 'partitioned-table' && at.catalog.children.has(keyOf(relation))),
    constraint: null,
    ...(String(names) === String(columns) ? {} : { names }),
    ...withSupport(
      functionCalls([...elements, s.whereClause], at.catalog),
      indexSupport(elements, at.catalog.relations.get(keyOf(relation)), at.catalog),
    ),
    elements: elements.map(({ opclass, collation, ordering }) => ({
      operatorClass: strings(opclass).join('.') || null,
      collation: strings(collation).join('.') || null,
      descending: ordering === 'SORTBY_DESC',
    })),
  };
  return [
    {
      kind: 'create-index',
      relation,
      index,
      concurrently: s.concurrent ?? false,
      only,
      ...(isMutable([s.indexParams, s.whereClause], at.catalog) || isMutableFor([s.indexParams, s.whereClause], typed)
        ? { mutable: true }
        : {}),
      exists: (s.if_not_exists ?? false) && isTaken(name),
    },
  ];
}

/** A column in brackets, also with a collation, is a column (ComputeIndexAttrs). */
function plainColumn(expression: Tree | undefined): string | null {
  const reference = as(as(expression, 'CollateClause')?.arg ?? expression, 'ColumnRef');
  return strings(reference?.fields).at(-1) ?? null;
}

function readReindex(s: Pg.ReindexStmt, at: Reading): Change[] {
  const concurrently = optionsOn(s.params).has('concurrently');
  if (s.kind === 'REINDEX_OBJECT_INDEX') {
    const name = { schema: s.relation?.schemaname ?? null, name: s.relation?.relname ?? '' };
    const relation = resolveIndex(name, at.catalog) ?? resolveName(name, at.catalog, 'index');
    return [{ kind: 'reindex', relation, index: name.name, concurrently }];
  }
  if (s.kind === 'REINDEX_OBJECT_TABLE')
    return [{ kind: 'reindex', relation: resolve(s.relation, at.catalog), index: null, concurrently }];
  const target =
    s.kind === 'REINDEX_OBJECT_SCHEMA' ? 'schema' : s.kind === 'REINDEX_OBJECT_DATABASE' ? 'database' : 'system';
  return [{ kind: 'reindex-many', target, schema: target === 'schema' ? (s.name ?? null) : null, concurrently }];
}

export const indexes: Pick<Readers, 'IndexStmt' | 'ReindexStmt'> = {
  IndexStmt: readIndex,
  ReindexStmt: readReindex,
};
