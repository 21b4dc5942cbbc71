import type { Catalog, Column, Constraint, Index, RelationKind, Table, TypeRef } from '../../src/model/schema.ts';

/** A catalog as sorted lines: what a replay and an introspection must agree on. */
export function outline(catalog: Catalog): string[] {
  const lines = [
    ...catalog.relations.values().flatMap(tableLines),
    ...catalog.indexes.entries().map(([index, table]) => `index ${index} on ${table}`),
    ...catalog.children.entries().flatMap(([parent, keys]) => keys.map(key => `child ${parent} ${key}`)),
    // ADD VALUE … BEFORE puts a label anywhere; nothing depends on their order.
    ...catalog.types
      .values()
      .map(type => `${type.kind} ${type.schema}.${type.name} ${[...type.labels].sort().join()} ${typeText(type.base)}`),
    ...catalog.routines.entries().map(([key, routines]) => `routine ${key} ${routines.length}`),
    ...catalog.schemas.entries().map(([schema]) => `schema ${schema}`),
  ];
  return lines.map(line => line.trim()).sort();
}

const TYPED: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table', 'foreign-table']);

function tableLines(table: Table): string[] {
  const key = `${table.schema}.${table.name}`;
  const { partitioning, partitionOf, ownedBy } = table;
  return [
    `${table.kind} ${key} ${table.persistence}${table.rowSecurity ? ' row-security' : ''}`,
    // What a view or a query yields is not typed by the replay.
    ...(TYPED.has(table.kind) ? table.columns.map((column, nth) => `${key} ${nth} ${columnText(column)}`) : []),
    // Up to 17 NOT NULL is the column's alone; the model keeps the constraint of 18 only where it matters.
    ...table.constraints
      .filter(({ type }) => type !== 'not-null')
      .map(constraint => `${key} ${constraintText(constraint)}`),
    ...table.indexes.map(index => `${key} ${indexText(index)}`),
    ...table.triggers.map(
      ({ name, function: run, events }) => `${key} trigger ${name} ${run} ${[...events].sort().join()}`,
    ),
    ...table.policies.map(({ name }) => `${key} policy ${name}`),
    ...table.rules.map(rule => `${key} rule ${rule}`),
    ...table.statistics.map(({ name }) => `${key} statistics ${name}`),
    ...table.reads.map(({ relation }) => `${key} reads ${relation}`),
    ...table.inherits.map(parent => `${key} inherits ${parent}`),
    ...(partitioning ? [`${key} by ${partitioning.strategy} ${partitioning.columns.join()}`] : []),
    ...(partitionOf ? [`${key} of ${partitionOf.parent} ${partitionOf.bound.kind}`] : []),
    ...(ownedBy ? [`${key} owned by ${ownedBy.table}.${ownedBy.column}`] : []),
  ];
}

/** Only VOLATILE makes a difference; of a function's overloads the text does not always show which is meant. */
const STEADY = new Set(['immutable', 'stable']);

const typeText = (type: TypeRef | null): string =>
  type === null
    ? ''
    : `${type.schema}.${type.name}${type.mods.length > 0 ? `(${type.mods.join()})` : ''}${type.array ? '[]' : ''}`;

const columnText = ({ name, type, notNull, default: value, generated, identity }: Column): string =>
  [
    `column ${name} ${typeText(type)}`,
    notNull && 'not null',
    value &&
      !value.isNull &&
      `default ${STEADY.has(value.volatility) ? 'steady' : value.volatility} ${value.sequence ?? ''}`.trim(),
    generated,
    identity,
  ]
    .filter(Boolean)
    .join(' ');

const constraintText = ({ name, type, columns, valid, references }: Constraint): string => {
  const to = references
    ? ` -> ${references.schema}.${references.name}(${references.columns.join()}) ${references.onDelete}`
    : '';
  // The columns of a CHECK are in the order of the table there, of the text here.
  return `${type} ${name} (${(type === 'check' ? [...columns].sort() : columns).join()})${valid ? '' : ' not valid'}${to}`;
};

const indexText = ({ name, columns, unique, method, partial, valid, constraint }: Index): string =>
  [
    `${unique ? 'unique index' : 'index'} ${name} ${method} (${columns.map(column => column ?? 'expression').join()})`,
    partial && 'partial',
    !valid && 'invalid',
    constraint !== null && `for ${constraint}`,
  ]
    .filter(Boolean)
    .join(' ');
