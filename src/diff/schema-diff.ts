import type { Catalog } from '../model/schema.ts';
import type { SchemaDiff } from '../model/schema-diff.ts';
import { diagramOf } from './diagram.ts';
import { diffCatalogs } from './diff-catalogs.ts';

/** What becomes of one database's schema; null when nothing does. */
export function schemaDiff(root: string, before: Catalog, after: Catalog): SchemaDiff | null {
  const objects = diffCatalogs(before, after);
  if (objects.length === 0) return null;
  const whole = after.partial.every(because => before.partial.includes(because));
  return { root, objects, whole, diagram: diagramOf(before, after) };
}
