import type { Catalog } from '../model/schema.ts';
import type { SchemaDiff } from '../model/schema-diff.ts';
import { diagramOf } from './diagram.ts';
import { diffCatalogs } from './diff-catalogs.ts';

/** What becomes of one database's schema; null when nothing does. */
export function schemaDiff(root: string, before: Catalog, after: Catalog): SchemaDiff | null {
  const objects = diffCatalogs(before, after);
  return objects.length === 0 ? null : { root, objects, diagram: diagramOf(before, after) };
}
