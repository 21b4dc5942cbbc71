import { keyOf, type Catalog, type Column, type Key, type Type, type TypeRef } from '../../model/schema.ts';
import type { ChangeOf, Relation } from '../../model/effect.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { castsTo, relationOf } from '../edit.ts';
import { columns } from './columns.ts';
import { programs } from './programs.ts';
import { remove } from './tables.ts';

function editType(catalog: Catalog, key: Key, update: (type: Type) => Type): Catalog {
  const type = catalog.types.get(key);
  return type ? { ...catalog, types: catalog.types.with(key, update(type)) } : catalog;
}

/** The columns of every table that has one which is concerned. */
function editColumns(
  catalog: Catalog,
  concerned: (column: Column) => boolean,
  update: (column: Column) => Column,
): Catalog {
  let { relations } = catalog;
  for (const [key, table] of relations.entries())
    if (table.columns.some(concerned))
      relations = relations.with(key, {
        ...table,
        columns: table.columns.map(column => (concerned(column) ? update(column) : column)),
      });
  return { ...catalog, relations };
}

const dropColumn = (catalog: Catalog, relation: Relation, column: string): Catalog =>
  columns['drop-column'](catalog, { kind: 'drop-column', relation, column, cascade: true });

/** Domains over a type that has another name now. */
function rebased(
  types: Catalog['types'],
  key: Key,
  to: { readonly schema: string; readonly name: string },
): Catalog['types'] {
  let next = types;
  for (const [domain, type] of types.entries())
    if (type.base && keyOf(type.base) === key) next = next.with(domain, { ...type, base: { ...type.base, ...to } });
  return next;
}

/** Functions that take or return it. */
function retyped(
  routines: Catalog['routines'],
  key: Key,
  to: { readonly schema: string; readonly name: string },
): Catalog['routines'] {
  const swap = (type: TypeRef): TypeRef => (keyOf(type) === key ? { ...type, ...to } : type);
  let next = routines;
  for (const [routine, overloads] of routines.entries())
    if (overloads.some(o => [...o.arguments, o.returns].some(type => type !== null && keyOf(type) === key)))
      next = next.with(
        routine,
        overloads.map(o => ({ ...o, arguments: o.arguments.map(swap), returns: o.returns && swap(o.returns) })),
      );
  return next;
}

/** A new name for a type, and for it in the columns that have it. */
export function rekeyType(
  catalog: Catalog,
  key: Key,
  to: { readonly schema?: string; readonly name?: string },
): Catalog {
  const type = catalog.types.get(key);
  if (!type) return catalog;
  const renamed = { ...type, ...to };
  const { schema, name } = renamed;
  const typed = editColumns(
    editAttributes({ ...catalog, types: catalog.types.without(key).with(keyOf(renamed), renamed) }, attributes =>
      attributes.map(attribute => (attribute.type === key ? { ...attribute, type: keyOf(renamed) } : attribute)),
    ),
    column => keyOf(column.type) === key,
    column => ({ ...column, type: { ...column.type, schema, name } }),
  );
  return editColumns(
    {
      ...typed,
      types: rebased(typed.types, key, { schema, name }),
      routines: retyped(typed.routines, key, { schema, name }),
    },
    column => castsTo(column, key),
    column => ({
      ...column,
      default: column.default && {
        ...column.default,
        through: (column.default.through ?? []).map(other => (other === key ? keyOf(renamed) : other)),
      },
    }),
  );
}

/** A composite type with one attribute changed. */
function altered(composite: Type, { what, attribute, type }: ChangeOf<'alter-composite'>): Type {
  const { attributes, ...rest } = composite;
  // What an attribute is renamed to is not in the change.
  if (!attributes || what === 'rename') return rest;
  const others = attributes.filter(({ name }) => name !== attribute);
  return { ...rest, attributes: type ? [...others, { name: attribute, type: keyOf(type) }] : others };
}

const editAttributes = (
  catalog: Catalog,
  update: (attributes: NonNullable<Type['attributes']>) => NonNullable<Type['attributes']>,
): Catalog =>
  catalog.types
    .values()
    .reduce(
      (next, { attributes, ...type }) =>
        attributes ? editType(next, keyOf(type), current => ({ ...current, attributes: update(attributes) })) : next,
      catalog,
    );

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A default holds the label's OID, not its name. */
const renameInDefaults = (catalog: Catalog, key: Key, { from, to }: { from: string; to: string }): Catalog =>
  editColumns(
    catalog,
    ({ type, default: value }) => keyOf(type) === key && value?.text === from,
    column => ({ ...column, default: column.default && { ...column.default, text: to } }),
  );

export const types = {
  // Another of the name, or of a relation's, whose row type has it, is what an exception handler around it waits for.
  'create-type': (catalog, { type, caught }) =>
    caught &&
    (catalog.types.has(keyOf(type)) || (catalog.relations.get(keyOf(type))?.kind ?? 'sequence') !== 'sequence')
      ? catalog
      : { ...catalog, types: catalog.types.with(keyOf(type), type) },
  'drop-type': (catalog, { key, cascade }) => {
    let next: Catalog = { ...catalog, types: catalog.types.without(key) };
    if (!cascade) return next;
    for (const domain of next.types.values())
      if (domain.base && keyOf(domain.base) === key)
        next = types['drop-type'](next, { kind: 'drop-type', key: keyOf(domain), cascade });
    for (const [routine, overloads] of next.routines.entries())
      for (const { arguments: argumentTypes, returns } of overloads)
        if ([...argumentTypes, ...(returns ? [returns] : [])].some(type => keyOf(type) === key))
          next = programs['drop-routine'](next, {
            kind: 'drop-routine',
            key: routine,
            arguments: argumentTypes,
            cascade,
          });
    next = editAttributes(next, attributes => attributes.filter(({ type }) => type !== key));
    next = editColumns(
      next,
      column => castsTo(column, key),
      column => ({ ...column, default: null }),
    );
    for (const table of catalog.relations.values()) if (table.ofType === key) next = remove(next, keyOf(table), true);
    for (const table of next.relations.values())
      for (const { name, type, inheritedOnly } of table.columns)
        if (keyOf(type) === key && !inheritedOnly) next = dropColumn(next, relationOf(table), name);
    return next;
  },
  'rename-type': (catalog, { key, to }) => rekeyType(catalog, key, { name: to }),
  'move-type': (catalog, { key, schema_to }) => rekeyType(catalog, key, { schema: schema_to }),
  'add-enum-value': (catalog, { key, label, exists }) =>
    exists
      ? catalog
      : editType(catalog, key, type => ({ ...type, labels: [...type.labels, label], fresh: [...type.fresh, label] })),
  'rename-enum-value': (catalog, { key, label, to }) =>
    renameInDefaults(
      editType(catalog, key, type => ({
        ...type,
        labels: type.labels.map(existing => (existing === label ? to : existing)),
      })),
      key,
      { from: literal(label), to: literal(to) },
    ),
  'alter-composite': (catalog, change) => {
    const next = editType(catalog, change.key, type => altered(type, change));
    if (change.what !== 'drop' || !change.cascade) return next;
    return catalog.relations
      .values()
      .filter(({ ofType }) => ofType === change.key)
      .reduce((so, table) => dropColumn(so, relationOf(table), change.attribute), next);
  },
  'add-domain-constraint': (catalog, { key, name, notNull, valid }) =>
    editType(catalog, key, type =>
      notNull ? { ...type, notNull: true } : { ...type, constraints: [...type.constraints, { name, notNull, valid }] },
    ),
  'validate-domain-constraint': (catalog, { key, name }) =>
    editType(catalog, key, type => ({
      ...type,
      constraints: type.constraints.map(existing => (existing.name === name ? { ...existing, valid: true } : existing)),
    })),
  'drop-domain-constraint': (catalog, { key, name, notNull }) =>
    editType(catalog, key, type =>
      notNull
        ? { ...type, notNull: false }
        : { ...type, constraints: type.constraints.filter(existing => existing.name !== name) },
    ),
  'alter-domain-default': unchanged,
} satisfies Partial<Apply>;
