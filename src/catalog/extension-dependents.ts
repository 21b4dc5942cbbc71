import { keyOf, type Catalog, type Index, type Key, type Table } from '../model/schema.ts';
import { EXTENSION_CLASSES, EXTENSION_TYPES, SCALARS } from './data/extension-types.ts';

/** In `calls`, what an extension's functions are called by: DROP EXTENSION … CASCADE takes it along. */
export const ofExtension = (name: string): Key => `extension ${name}`;

/** The types that an extension brings, where they may be; a migration's own of the name is another. */
export function typesOf(extension: string, { extensions, types }: Catalog): Key[] {
  const schemas = new Set([extensions.get(extension)?.schema ?? 'public', 'pg_catalog']);
  const names = [...EXTENSION_TYPES].flatMap(([type, of]) => (of === extension ? type : []));
  return names.flatMap(name => [...schemas].map(schema => keyOf({ schema, name }))).filter(key => !types.has(key));
}

/** Does an index need an operator class of the extension: one that it names, or the default one of btree_gin or btree_gist? */
export function needsExtension(
  { method, elements = [], columns }: Pick<Index, 'method' | 'elements' | 'columns'>,
  table: Pick<Table, 'columns'>,
  extension: string,
): boolean {
  const classes = elements.map(({ operatorClass }) => operatorClass?.split('.').at(-1) ?? '');
  if (classes.some(name => EXTENSION_CLASSES.get(name) === extension)) return true;
  if (extension !== `btree_${method}`) return false;
  return columns.some((name, nth) => {
    const type = table.columns.find(column => column.name === name)?.type;
    return type !== undefined && !classes[nth] && !type.array && type.schema === 'pg_catalog' && SCALARS.has(type.name);
  });
}

/** Tables with an index of the extension's operator classes. */
export const indexedBy = (extension: string, { relations }: Catalog): Table[] =>
  relations.values().filter(table => table.indexes.some(index => needsExtension(index, table, extension)));
