import { keyOf, type Catalog } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { edit, editKey } from '../edit.ts';
import { alterRoutine } from '../alter-routine.ts';
import { EXTENSION_TYPES } from '../data/extension-types.ts';
import { unseenFunction } from '../uncertain.ts';
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
  return { ...next, schemas: next.schemas.without(schema) };
}

/** Columns of the extension's types go with it; a type that the migrations make is none of them. */
function withoutTypesOf(extension: string, catalog: Catalog): Catalog {
  const keys = catalog.relations
    .values()
    .flatMap(table => table.columns.map(({ type }) => type))
    .filter(type => EXTENSION_TYPES.get(type.name) === extension && !catalog.types.has(keyOf(type)))
    .map(keyOf);
  return [...new Set(keys)].reduce<Catalog>(
    (next, key) => types['drop-type'](next, { kind: 'drop-type', key, cascade: true }),
    catalog,
  );
}

function renameSchema(catalog: Catalog, from: string, to: string): Catalog {
  let next = catalog;
  for (const table of catalog.relations.values())
    if (table.schema === from) next = rekey(next, table, { schema: to, name: table.name });
  for (const type of catalog.types.values())
    if (type.schema === from) next = rekeyType(next, keyOf(type), { schema: to });
  for (const [key, [routine]] of catalog.routines.entries())
    if (routine?.schema === from) next = alterRoutine(next, key, { schema: to });
  const age = catalog.schemas.get(from) ?? 'existing';
  return { ...next, schemas: next.schemas.without(from).with(to, age) };
}

export const server = {
  'create-schema': (catalog, { schema }) => ({ ...catalog, schemas: catalog.schemas.with(schema, 'this-transaction') }),
  'drop-schema': (catalog, { schema }) => dropSchema(catalog, schema),
  'rename-schema': (catalog, { schema, to }) => renameSchema(catalog, schema, to),
  'create-extension': (catalog, { extension, schema }) => ({
    ...catalog,
    extensions: catalog.extensions.with(extension, { schema, age: 'this-transaction' }),
  }),
  'drop-extension': (catalog, { extension, cascade }) => {
    const next = { ...catalog, extensions: catalog.extensions.without(extension) };
    return cascade ? withoutTypesOf(extension, next) : next;
  },
  'drop-database': unchanged,
  'note-relation': (catalog, { relation, what, name, columns = [], calls, dropped, publishes }) =>
    publishes !== undefined
      ? editKey(catalog, keyOf(relation), table => ({ ...table, published: publishes }))
      : what === 'statistics' && name !== null
        ? edit(catalog, relation, table => ({
            ...table,
            statistics: [
              ...table.statistics.filter(known => known.name !== name),
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
    doubtful: catalog.doubtful.with(unseenFunction(name), true),
  }),
  'call-extension': unchanged,
  replication: (catalog, { all }) => (all ? { ...catalog, publishesAll: true } : catalog),
  'reset-sequence': unchanged,
  vacuum: unchanged,
  analyze: unchanged,
  cluster: unchanged,
  'maintain-database': unchanged,
} satisfies Partial<Apply>;
