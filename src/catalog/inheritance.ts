import type { Catalog, Column, Table } from '../model/schema.ts';

const OWN = { ownNotNull: true } as const;

/** On its own: its columns, checks and indexes stay. */
export const detached = (table: Table): Table => ({
  ...table,
  partitionOf: null,
  columns: table.columns.map(({ inheritedOnly, ...column }) => column),
  constraints: table.constraints.map(({ inheritedOnly, ...constraint }) => constraint),
  indexes: table.indexes.map(({ parent, ...index }) => index),
});

/** Since 17 identity comes from the partitioned table, and goes with it (DetachPartitionFinalize). */
export const withoutIdentity = (table: Table): Table => ({
  ...table,
  columns: table.columns.map(column => (column.inheritedOnly ? { ...column, identity: null } : column)),
});

/** Columns and checks that the parent has too are the parent's (MergeAttributesIntoExisting, MergeConstraintsIntoExisting). */
export function attached(table: Table, parent: Table | undefined, identity: boolean): Table {
  const above = new Map(parent?.columns.map(column => [column.name, column]));
  const checks = new Set(parent?.constraints.flatMap(({ type, name }) => (type === 'check' ? name : [])));
  return {
    ...table,
    columns: table.columns.map(column => {
      const model = above.get(column.name);
      if (!model) return column;
      const { ownNotNull, ...rest } = column;
      return {
        ...(rest.notNull && !model.notNull ? { ...rest, ...OWN } : rest),
        ...(identity ? { identity: model.identity } : {}),
        inheritedOnly: true,
      };
    }),
    constraints: table.constraints.map(constraint =>
      constraint.type === 'check' && checks.has(constraint.name) ? { ...constraint, inheritedOnly: true } : constraint,
    ),
  };
}

/** A child of INHERIT keeps what it has as its own: columns, checks, and NOT NULL. */
export const inherited = (table: Table): Table => ({
  ...table,
  columns: table.columns.map(column => (column.notNull ? { ...column, ...OWN } : column)),
});

/** Columns, checks and NOT NULL that no parent has any more are the table's own (RemoveInheritance). */
export function disinherited(table: Table, catalog: Catalog): Table {
  const parents = table.inherits.flatMap(parent => catalog.relations.get(parent) ?? []);
  const own = <V extends { readonly name: string; readonly inheritedOnly?: true }>(
    values: readonly V[],
    above: (parent: Table) => readonly { readonly name: string }[],
  ): V[] =>
    values.map(value => {
      if (!value.inheritedOnly || parents.some(parent => above(parent).some(({ name }) => name === value.name)))
        return value;
      const { inheritedOnly, ...rest } = value;
      return rest as V;
    });
  const isOwn = ({ name, notNull }: Column): boolean =>
    notNull && !parents.some(({ columns }) => columns.some(above => above.name === name && above.notNull));
  return {
    ...table,
    columns: own(table.columns, parent => parent.columns).map(column =>
      isOwn(column) ? { ...column, ...OWN } : column,
    ),
    constraints: own(table.constraints, parent => parent.constraints),
  };
}
