import { keyOf, type Catalog } from '../../model/schema.ts';
import { resolveName } from '../resolve.ts';
import { expressionsIn } from './reads.ts';

/** A copy of statements that are parsed when they are written: their tables are those that the names mean now. */
export function bound<T>(nodes: T, catalog: Catalog): T {
  const beside = new Set(expressionsIn(nodes));
  const copy = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map(item => copy(item, ''));
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copy(field, name)]));
    const { relname, schemaname } = fields as { relname?: string; schemaname?: string };
    if ((key !== 'RangeVar' && key !== 'relation') || relname === undefined || schemaname !== undefined) return fields;
    const meant = resolveName({ schema: null, name: relname }, catalog);
    return beside.has(relname) || !catalog.relations.has(keyOf(meant))
      ? fields
      : { ...fields, schemaname: meant.schema };
  };
  return copy(nodes, '') as T;
}
