import { keyOf, type Age, type Catalog } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { edit, editKey } from '../edit.ts';
import { alterRoutine } from '../alter-routine.ts';
import { indexedBy, needsExtension, ofExtension, typesOf } from '../extension-dependents.ts';
import { removeIndex } from '../remove-index.ts';
import { unseenFunction } from '../uncertain.ts';
import { dropFunctionDependents } from './function-dependents.ts';
import { rekey, remove } from './tables.ts';
import { programs } from './programs.ts';
import { rekeyType, types } from './types.ts';

function dropSchema(catalog: Catalog, schema: string): Catalog {
  let next = catalog;
  for (const table of catalog.relations.values()) if (table.schema === schema) next = remove(next, keyOf(table), true);
  for (const type of next.types.values())
    if (type.schema === schema) next = types['drop-type'](next, { kind: 'drop-type', key: keyOf(type), cascade: true });
  for (const [key, [routine]] of next.routines.entries())
    if (routine?.schema === schema)
      next = programs['drop-routine'](next, { kind: 'drop-routine', key, arguments: null, cascade: true });
  for (const [extension, { schema: own }] of next.extensions.entries())
    if (own === schema) next = dropExtension(next, extension);
  return withoutSchema(next, schema);
}

/** An extension with what needs it: columns of its types, calls of its functions, indexes of its operator classes. */
function dropExtension(catalog: Catalog, extension: string): Catalog {
  let next = dropFunctionDependents(catalog, ofExtension(extension));
  for (const key of typesOf(extension, catalog))
    next = types['drop-type'](next, { kind: 'drop-type', key, cascade: true });
  for (const table of indexedBy(extension, next))
    for (const index of table.indexes)
      if (needsExtension(index, table, extension))
        next = removeIndex(next, keyOf({ schema: table.schema, name: index.name }));
  return { ...next, extensions: next.extensions.without(extension) };
}

const withoutSchema = (catalog: Catalog, schema: string): Catalog => ({
  ...catalog,
  schemas: catalog.schemas.without(schema),
  droppedSchemas: catalog.droppedSchemas.with(schema, true),
});

const withSchema = (catalog: Catalog, schema: string, age: Age): Catalog => ({
  ...catalog,
  schemas: catalog.schemas.with(schema, age),
  droppedSchemas: catalog.droppedSchemas.without(schema),
});

function renameSchema(catalog: Catalog, from: string, to: string): Catalog {
  let next = catalog;
  for (const table of catalog.relations.values())
    if (table.schema === from) next = rekey(next, table, { schema: to, name: table.name });
  for (const type of catalog.types.values())
    if (type.schema === from) next = rekeyType(next, keyOf(type), { schema: to });
  for (const [key, [routine]] of catalog.routines.entries())
    if (routine?.schema === from) next = alterRoutine(next, key, { schema: to });
  const age = catalog.schemas.get(from) ?? 'existing';
  return withSchema(withoutSchema(next, from), to, age);
}

export const server = {
  'create-schema': (catalog, { schema }) => withSchema(catalog, schema, 'this-transaction'),
  'drop-schema': (catalog, { schema }) => dropSchema(catalog, schema),
  'rename-schema': (catalog, { schema, to }) => renameSchema(catalog, schema, to),
  'create-extension': (catalog, { extension, schema }) => ({
    ...catalog,
    extensions: catalog.extensions.with(extension, { schema, age: 'this-transaction' }),
  }),
  'drop-extension': (catalog, { extension, cascade }) =>
    cascade ? dropExtension(catalog, extension) : { ...catalog, extensions: catalog.extensions.without(extension) },
  'drop-database': unchanged,
  'note-relation': (catalog, { relation, what, name, columns = [], calls, dropped, publishes }) =>
    publishes !== undefined
      ? editKey(catalog, keyOf(relation), table => ({ ...table, published: publishes }))
      : what === 'statistics' && name !== null
        ? edit(catalog, relation, table => ({
            ...table,
            statistics: [
              ...table.statistics.filter(existing => existing.name !== name),
              ...(dropped ? [] : [{ name, columns, ...(calls && { calls }) }]),
            ],
          }))
        : catalog,
  grant: unchanged,
  'change-access': unchanged,
  'server-setting': unchanged,
  'call-server': unchanged,
  // One that an earlier migration has called is there.
  'need-function': (catalog, { name }) => ({
    ...catalog,
    uncertain: catalog.uncertain.with(unseenFunction(name), true),
  }),
  'call-extension': unchanged,
  replication: (catalog, { all }) => (all ? { ...catalog, publishesAll: true } : catalog),
  'reset-sequence': unchanged,
  vacuum: unchanged,
  analyze: unchanged,
  cluster: unchanged,
  'maintain-database': unchanged,
} satisfies Partial<Apply>;
