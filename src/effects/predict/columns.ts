import { dependencyError, retypeBlockers } from './dependents.ts';
import { defaultsFrom, identitySequence, policiesReading, referencing, relationOf } from '../../catalog/edit.ts';
import { rebuildIndexes } from '../../catalog/rebuild-indexes.ts';
import { columnRecursion } from '../../catalog/recipients.ts';
import { columnDropRecursion } from '../../catalog/column-drop-recursion.ts';
import { PLANNED, same, type ChangeOf, type Relation } from '../../model/effect.ts';
import { keyOf, type Index } from '../../model/schema.ts';
import {
  build,
  exclusive,
  fail,
  lock,
  lose,
  may,
  reject,
  rewrite,
  scan,
  type Part,
  type CostTable,
  type CostContext,
} from '../cost-model.ts';
import { relationAt } from '../../catalog/resolve.ts';
import { retype, type Verdict } from '../retype.ts';
import {
  withPartitions,
  childrenOf,
  dependentViews,
  withInheritors,
  withListedInheritors,
  holdsRows,
  incomplete,
  tableAt,
  ownedSequences,
  foreignKeyPartners,
  provedNotNull,
  target,
  triggered,
  leafRelations,
} from '../../catalog/related-tables.ts';

interface Reach {
  readonly relation: Relation;
  readonly only?: true;
}
const reached = ({ relation, only }: Reach, { catalog }: CostContext): Relation[] =>
  only ? [relation] : withInheritors(relation, catalog);
const locks = (reach: Reach, at: CostContext): Part[] => reached(reach, at).map(exclusive);

/** Every row is written anew: the tables, and all their indexes. */
const rewriteAll = (relation: Relation, { catalog }: CostContext): Part[] =>
  leafRelations(relation, catalog).flatMap(member => [rewrite(member), scan(member)]);

function addColumn({ relation, column, only }: ChangeOf<'add-column'>, at: CostContext): Part[] {
  const { locked, recipients } = columnRecursion(at.catalog, keyOf(relation), column, only);
  const rows = withListedInheritors(relation, recipients, at.catalog).filter(holdsRows);
  const written = rows.flatMap(member => [rewrite(member), scan(member)]);
  const parts = withListedInheritors(relation, locked, at.catalog).map(exclusive);
  if (only && childrenOf(relation, at.catalog).length > 0)
    return [...parts, fail(relation, '42P16', 'the column must be added to the child tables too')];
  const domain = at.catalog.types.get(keyOf(column.type));
  const constrained = domain?.kind === 'domain' && (domain.notNull || domain.constraints.length > 0);
  const volatility = column.default?.volatility;
  const sequence = column.default?.sequence;
  if (sequence !== undefined)
    parts.push(
      ...may([lock(relationAt(sequence, at.catalog, 'sequence'), 'ROW EXCLUSIVE')], 'only if there are rows to number'),
    );
  // ATExecAddColumn: a volatile default, a stored expression, identity and a constrained domain need a value per row.
  if (
    column.identity ||
    column.generated === 'stored' ||
    volatility === 'volatile' ||
    (constrained && !column.type.array)
  )
    return [...parts, ...written];
  if (volatility === 'unknown')
    return [...parts, ...may(written, 'the function in the default is not defined in the migrations')];
  const empty = !column.default || column.default.isNull;
  if (column.notNull && empty && column.generated === null)
    return [...parts, ...rows.map(scan), reject(relation, 'the table has rows')];
  return parts;
}

function dropColumn(change: ChangeOf<'drop-column'>, at: CostContext): Part[] {
  const { relation, column, cascade, only } = change;
  const { catalog, pg } = at;
  const isSeen = tableAt(relation, catalog)?.columns.some(({ name }) => name === column) === true;
  const keys = only || !isSeen ? [keyOf(relation)] : columnDropRecursion(catalog, keyOf(relation), column);
  const losers = keys.map(key => relationAt(key, catalog));
  // Children are locked to be asked whether the column is theirs; under ONLY it becomes so (ATExecDropColumn).
  const below =
    only || isSeen
      ? keys.flatMap(key => catalog.children.get(key) ?? []).map(key => relationAt(key, catalog))
      : childrenOf(relation, catalog);
  const foreign = losers.flatMap(loser =>
    (tableAt(loser, catalog)?.constraints ?? [])
      .filter(c => c.enforced && c.columns.includes(column))
      .flatMap(c => target(c, catalog) ?? [])
      .flatMap(other => triggered(other, catalog, pg)),
  );
  const referring = losers.flatMap(loser =>
    referencing(catalog, keyOf(loser))
      .filter(({ constraints }) =>
        constraints.some(
          ({ references }) => references && keyOf(references) === keyOf(loser) && references.columns.includes(column),
        ),
      )
      .map(relationOf),
  );
  const views = losers.flatMap(loser => dependentViews(keyOf(loser), catalog, column));
  const guarded = [
    ...losers.flatMap(loser => policiesReading(catalog, keyOf(loser), column)),
    ...views.flatMap(view => policiesReading(catalog, keyOf(view))),
  ].map(relationOf);
  const sequences = losers.flatMap(loser => ownedSequences(loser, catalog, column));
  const numbered = sequences.flatMap(sequence => defaultsFrom(catalog, keyOf(sequence))).map(relationOf);
  const dependents = [...referring, ...views, ...guarded, ...numbered].filter(
    other => keyOf(other) !== keyOf(relation),
  );
  const [first] = dependents;
  return [
    ...[relation, ...below, ...foreign, ...sequences].map(exclusive),
    ...(cascade ? dependents : []).map(exclusive),
    lose(relation, 'column'),
    ...(first && !cascade ? dependencyError(first, relation, '2BP01', `${first.name} depends on it`, catalog) : []),
  ];
}

const uses = (index: Index, column: string): boolean => index.columns.includes(column) || index.reads.includes(column);

function retypeColumn(change: ChangeOf<'retype-column'>, at: CostContext): Part[] {
  const { relation, column } = change;
  const { catalog, pg } = at;
  const verdict = retype(change, at);
  const keys = tableAt(relation, catalog)?.constraints.filter(c => c.columns.includes(column)) ?? [];
  const targets = keys.flatMap(c => target(c, catalog) ?? []);
  const enforced = keys.flatMap(c => (c.enforced ? (target(c, catalog) ?? []) : []));
  const referring = foreignKeyPartners(relation, catalog).filter(other =>
    tableAt(other, catalog)?.constraints.some(
      c => c.references && keyOf(c.references) === keyOf(relation) && c.references.columns.includes(column),
    ),
  );
  const foreign = [...enforced.flatMap(other => triggered(other, catalog, pg)), ...referring].filter(
    other => !same(other, relation),
  );
  const untriggered = targets
    .flatMap(other => withPartitions(other, catalog))
    .filter(other => ![relation, ...foreign].some(locked => same(locked, other)));
  // The sequence of an identity column takes its type (transformAlterTableStmt).
  const numbers = identitySequence(catalog, keyOf(relation), column);
  const because = verdict.because ?? 'the current type is not known';
  const written = [...rewriteAll(relation, at), ...keyChecks(relation, column, catalog)];
  const work = { no: checked(change, verdict, catalog), yes: written, may: may(written, because) };
  return [
    ...locks({ relation }, at),
    ...foreign.map(exclusive),
    // Where a key has no triggers that would go, it is made anew all the same.
    ...[...untriggered, ...(numbers ? [relationOf(numbers)] : [])].map(other => lock(other, 'SHARE ROW EXCLUSIVE')),
    ...work[verdict.rewrite],
    ...retypeBlockers(relation, column, at),
    ...(verdict.lossy ? may([lose(relation, 'precision')], 'values that do not fit are rounded or rejected') : []),
  ];
}

/** What is read although no row changes: a check on the column is verified again, and some indexes are built again. */
function checked(change: ChangeOf<'retype-column'>, { indexes }: Verdict, catalog: CostContext['catalog']): Part[] {
  const { relation, column } = change;
  const after = rebuildIndexes(catalog, keyOf(relation), column).catalog;
  return leafRelations(relation, catalog).flatMap(member => {
    const owner = tableAt(member, after);
    const verified = owner?.constraints.some(
      c => c.type === 'check' && c.enforced && c.valid && c.columns.includes(column),
    );
    // CheckIndexCompatible (indexcmds.c) takes over no index with an expression or a predicate, and none that is invalid.
    const rebuilt = (owner?.indexes ?? []).filter(
      index =>
        uses(index, column) &&
        // Of columns that are only included nothing is compared.
        ((indexes === 'rebuilt' && index.columns.includes(column)) ||
          index.partial ||
          !index.valid ||
          index.columns.includes(null) ||
          // Only the parent's own index is looked at, which has no file to keep (TryReuseIndex, tablecmds.c; measured 13–18).
          index.parent !== undefined),
    );
    return [
      ...(verified ? [scan(member)] : []),
      ...rebuilt.flatMap(({ name }) => [build(member, name, true), scan(member)]),
    ];
  });
}

/** Foreign keys on a column whose rows are written anew are checked again (ATPostAlterTypeParse, tablecmds.c). */
function keyChecks(relation: Relation, column: string, catalog: CostContext['catalog']): Part[] {
  const own = tableAt(relation, catalog)?.constraints ?? [];
  const parents = own.flatMap(c => {
    const parent = c.valid && c.enforced && c.columns.includes(column) ? target(c, catalog) : null;
    return parent ? leafRelations(parent, catalog).map(scan) : [];
  });
  const children = foreignKeyPartners(relation, catalog).filter(other =>
    tableAt(other, catalog)?.constraints.some(
      ({ valid, enforced, references }) =>
        valid && enforced && references && keyOf(references) === keyOf(relation) && references.columns.includes(column),
    ),
  );
  return [...may(parents, PLANNED), ...children.filter(holdsRows).map(scan)];
}

export const columns = {
  'add-column': addColumn,
  'drop-column': dropColumn,
  'rename-column': ({ relation }, at) => locks({ relation }, at),
  'set-default': locks,
  'retype-column': retypeColumn,
  'set-not-null': (change, at) => {
    const { relation, column } = change;
    const table = tableAt(relation, at.catalog);
    if (provedNotNull(table, column))
      // A column that is NOT NULL already is so in the partitions (ATPrepSetNotNull; ATExecSetNotNull, 18).
      return (at.pg >= 18 || relation.kind === 'partitioned-table') &&
        table?.columns.some(c => c.name === column && c.notNull)
        ? [exclusive(relation)]
        : locks(change, at);
    const open = reached(change, at).filter(member => !provedNotNull(tableAt(member, at.catalog), column));
    const work = [...open.filter(holdsRows).map(scan), reject(relation, `${column} contains a null`)];
    const unsure = incomplete(table) && !table?.columns.some(c => c.name === column);
    return [...locks(change, at), ...(unsure ? may(work, 'an earlier check may already ensure it') : work)];
  },
  // Since 18 a column that takes nulls already is left alone before the children are looked at (ATExecDropNotNull).
  'drop-not-null': (change, at) => {
    const { relation, column } = change;
    const existing = tableAt(relation, at.catalog)?.columns.find(c => c.name === column);
    if (at.pg >= 18 && existing?.notNull === false) return [exclusive(relation)];
    // Under ONLY what the children inherit becomes their own (dropconstraint_internal, 18).
    const below = at.pg >= 18 && change.only ? (at.catalog.children.get(keyOf(relation)) ?? []) : [];
    return [...locks(change, at), ...below.map(child => exclusive(relationAt(child, at.catalog)))];
  },
  'set-identity': (change, at) => {
    const { relation, column, existed, to } = change;
    const sequence = identitySequence(at.catalog, keyOf(relation), column);
    const existing = tableAt(relation, at.catalog)?.columns.find(c => c.name === column);
    // IF EXISTS finds nothing to drop.
    const absent = to === null && existing?.identity === null;
    return [
      ...locks(absent ? { relation, only: true } : change, at),
      // DROP IDENTITY drops the sequence.
      ...(existed && sequence && !absent
        ? [lock(relationOf(sequence), to === null ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE')]
        : []),
    ];
  },
  'set-expression': (change, at) => {
    const { relation, column, to } = change;
    const stored = tableAt(relation, at.catalog)?.columns.find(c => c.name === column)?.generated !== 'virtual';
    return [...locks(change, at), ...(to !== null && stored ? rewriteAll(relation, at) : [])];
  },
  'set-column-statistics': (change, at) => reached(change, at).map(member => lock(member, 'SHARE UPDATE EXCLUSIVE')),
  // SET COMPRESSION never recurses (ATPrepCmd).
  'set-column-storage': (change, at) => (change.what === 'storage' ? locks(change, at) : [exclusive(change.relation)]),
} satisfies Partial<CostTable>;
