import { relationOf } from '../../catalog/edit.ts';
import type { Change, ChangeOf, Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type Read, type Rewrite, type Table } from '../../model/schema.ts';
import type { Reading } from '../reader.ts';
import { asSideEffect, hasEffect, run } from './bodies.ts';
import { allFunctionCalls } from './function-dependencies.ts';
import { emptied, fired, reached, type Reached } from './row-triggers.ts';
import { statementInBody } from './statement-in-body.ts';
import { isSettled } from './settled.ts';
import { ofType } from './uses.ts';

type SetOff = { readonly [K in Change['kind']]?: (change: ChangeOf<K>, at: Reading) => readonly Change[] };

interface Calling {
  readonly calls?: readonly Key[];
  readonly runs?: readonly Key[];
}

const runsOf = (parts: readonly (Calling | null | undefined)[]): Key[] =>
  parts.flatMap(part => [...(part?.calls ?? []), ...(part?.runs ?? [])]);

const tableAt = ({ relation }: { readonly relation: Relation }, { catalog }: Reading): Table | undefined =>
  catalog.relations.get(keyOf(relation));

/** Views, policies and virtual columns run code where rows are read. */
function behindReads(reads: readonly Read[], catalog: Catalog): Key[] {
  const keys: Key[] = [];
  const visited = new Set<Key>();
  const pending = reads.map(({ relation }) => relation);
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const table = catalog.relations.get(key);
    if (!table || visited.has(key)) continue;
    visited.add(key);
    if (table.kind === 'view') {
      keys.push(...runsOf([table]));
      pending.push(...table.reads.map(({ relation }) => relation));
    }
    keys.push(...guarding(table), ...runsOf(table.columns.filter(({ generated }) => generated === 'virtual')));
    for (const { event, actions } of table.rewrites ?? [])
      if (event === 'select') keys.push(...allFunctionCalls(actions, catalog));
  }
  return keys;
}

/** Policies bind all but the owner, and him too where they are forced. */
const guarding = (table: Table): Key[] => {
  if (!table.rowSecurity) return [];
  return runsOf(table.policies);
};

const ofColumnTypes = ({ columns }: Table, { support }: Catalog): Key[] =>
  support.size === 0 ? [] : columns.flatMap(({ type }) => support.get(ofType(type)) ?? []);

/** What is evaluated for a row that is written. */
function evaluated(
  { relation, verb }: Reached,
  { columns, defaults, relation: written }: ChangeOf<'change-rows'>,
  { catalog }: Reading,
): Key[] {
  const table = catalog.relations.get(keyOf(relation));
  if (!table) return [];
  if (table.kind === 'view') return behindReads([{ relation: keyOf(relation), columns: null }], catalog);
  if (verb === 'delete') return guarding(table);
  const adds = verb !== 'update';
  const isGiven = (name: string): boolean => keyOf(relation) === keyOf(written) && columns.includes(name);
  return [
    ...runsOf(
      table.columns.filter(({ name }) => defaults === true || (adds && !isGiven(name))).map(column => column.default),
    ),
    ...runsOf([...table.columns, ...table.constraints, ...table.indexes, table.partitioning]),
    ...guarding(table),
    ...ofColumnTypes(table, catalog),
  ];
}

/** Rules that are being followed: one may lead back to its own table. */
const following = new Set<Rewrite>();

function rewritten({ relation, verb }: ChangeOf<'change-rows'>, at: Reading): Change[] {
  const rewrites = at.catalog.relations.get(keyOf(relation))?.rewrites ?? [];
  return rewrites.flatMap(rewrite => {
    if (following.has(rewrite) || verb === 'copy' || (verb !== 'merge' && rewrite.event !== verb)) return [];
    following.add(rewrite);
    try {
      const condition = `only if the rule ${rewrite.rule} of ${relation.name} applies`;
      return [
        ...run(allFunctionCalls(rewrite.condition, at.catalog), at, condition),
        ...rewrite.actions
          .flatMap(node => statementInBody(node, at))
          .filter(hasEffect)
          .map((change): Change => ({ condition, ...asSideEffect(change) })),
      ];
    } finally {
      following.delete(rewrite);
    }
  });
}

const ROWS = 'only if a row needs it';

const indexed = (change: { readonly relation: Relation }, at: Reading): Change[] => {
  const table = tableAt(change, at);
  return run(runsOf([...(table?.indexes ?? []), ...(table?.statistics ?? [])]), at, ROWS);
};

const checkedAll = (change: { readonly relation: Relation }, at: Reading): Key[] => {
  const table = tableAt(change, at);
  return runsOf([...(table?.constraints ?? []), ...(table?.indexes ?? []), ...(table?.columns ?? [])]);
};

const SET_OFF: SetOff = {
  'change-rows': (change, at) => {
    const all = reached(change.relation, change.verb, at.catalog);
    const keys = [...all.flatMap(each => evaluated(each, change, at)), ...behindReads(change.reads, at.catalog)];
    return [...all.flatMap(each => fired(each, at)), ...run(keys, at, ROWS), ...rewritten(change, at)];
  },
  'read-rows': ({ reads }, at) => run(behindReads(reads, at.catalog), at, ROWS),
  truncate: emptied,
  'create-table': ({ reads, filled }, at) => (filled ? run(behindReads(reads, at.catalog), at, ROWS) : []),
  refresh: (change, at) => {
    const table = tableAt(change, at);
    if (!change.withData || !table) return [];
    return run([...runsOf([table]), ...behindReads(table.reads, at.catalog), ...runsOf(table.indexes)], at, ROWS);
  },
  'add-column': ({ relation, column }, at) =>
    run(
      [
        ...runsOf([column, column.default]),
        ...(at.catalog.support.get(ofType(column.type)) ?? []),
        ...(column.default && column.default.volatility !== 'immutable'
          ? runsOf(tableAt({ relation }, at)?.indexes ?? [])
          : []),
      ],
      at,
      ROWS,
    ),
  'add-constraint': ({ constraint }, at) =>
    constraint.valid && constraint.enforced ? run(runsOf([constraint]), at, ROWS) : [],
  'validate-constraint': (change, at) =>
    run(runsOf(tableAt(change, at)?.constraints.filter(({ name }) => name === change.constraint) ?? []), at, ROWS),
  'alter-constraint': (change, at) =>
    run(runsOf(tableAt(change, at)?.constraints.filter(({ name }) => name === change.constraint) ?? []), at, ROWS),
  'retype-column': (change, at) =>
    run([...checkedAll(change, at), ...(at.catalog.support.get(ofType(change.to)) ?? [])], at, ROWS),
  'set-expression': (change, at) => run([...runsOf([change.to]), ...checkedAll(change, at)], at, ROWS),
  'create-index': ({ index, exists }, at) => (exists ? [] : run(runsOf([index]), at, ROWS)),
  reindex: indexed,
  'reindex-many': ({ schema }, at) =>
    at.catalog.relations
      .values()
      .filter(table => schema === null || table.schema === schema)
      .flatMap(table => indexed({ relation: relationOf(table) }, at)),
  'set-persistence': indexed,
  'set-access-method': indexed,
  vacuum: indexed,
  analyze: indexed,
  cluster: indexed,
  'maintain-database': (_, at) =>
    at.catalog.relations.values().flatMap(table => indexed({ relation: relationOf(table) }, at)),
  'attach-partition': ({ relation, partition }, at) =>
    run([...runsOf([tableAt({ relation }, at)?.partitioning]), ...checkedAll({ relation: partition }, at)], at, ROWS),
  'add-domain-constraint': ({ key, valid }, at) => (valid ? ofDomain(key, at) : []),
  'validate-domain-constraint': ({ key }, at) => ofDomain(key, at),
};

function ofDomain(key: Key, at: Reading): Change[] {
  const type = at.catalog.types.get(key);
  return type ? run(at.catalog.support.get(ofType(type)) ?? [], at, ROWS) : [];
}

/** The same code may be reached in two ways, under two conditions; a change of other rows or columns is another. */
const idOf = (change: Change): string | null =>
  change.kind === 'opaque'
    ? change.because
    : 'relation' in change && change.kind !== 'fire-triggers'
      ? JSON.stringify({ ...change, condition: undefined })
      : null;

/** Those that are not there already. */
export const fresh = (changes: readonly Change[], others: readonly Change[]): Change[] =>
  changes.filter(notAmong(others));

/** Is a change neither among the others nor one that was asked about before? */
function notAmong(others: readonly Change[]): (change: Change) => boolean {
  const ids = new Set(others.map(idOf));
  return change => {
    const id = idOf(change);
    const isNew = id === null || !ids.has(id);
    ids.add(id);
    return isNew;
  };
}

/** Changes with what they set off in code that the statement does not name: triggers, rules, defaults, checks, views … */
export function withImplicitExecution(changes: readonly Change[], at: Reading): readonly Change[] {
  // Without a function of the migrations nothing is followed but rules.
  if (at.catalog.routines.size === 0) return withRules(changes, at);
  const all: Change[] = [];
  let isNew: ((change: Change) => boolean) | undefined;
  for (const change of changes) {
    all.push(change);
    if (isSettled(change)) continue;
    const off = SET_OFF[change.kind] as ((change: Change, at: Reading) => readonly Change[]) | undefined;
    const more = off?.(change, at) ?? [];
    if (more.length > 0) all.push(...more.filter((isNew ??= notAmong(changes))));
  }
  return all;
}

function withRules(changes: readonly Change[], at: Reading): readonly Change[] {
  const more = changes.flatMap(change =>
    change.kind === 'change-rows' && !isSettled(change) ? rewritten(change, at) : [],
  );
  return more.length > 0 ? [...changes, ...fresh(more, changes)] : changes;
}
