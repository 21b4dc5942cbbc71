import type { Change } from '../../model/effect.ts';
import { keyOf } from '../../model/schema.ts';
import type { Node } from '../../model/source.ts';
import { all, as } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { resolve } from '../../catalog/resolve.ts';

/** MaxHeapAttributeNumber (htup_details.h): no table has more columns, and the work on one grows with the square of them. */
const MOST = 1600;

/** A statement that leaves a table with more columns than any has, and is not read; null for every other. */
export function tooWide(node: Node, { catalog }: Reading): Change | null {
  const { tableElts = [] } = as(node, 'CreateStmt') ?? {};
  const { relation, cmds = [] } = as(node, 'AlterTableStmt') ?? {};
  if (tableElts.length <= MOST && !cmds.some(adds)) return null;
  const elements = all(tableElts, 'ColumnDef').length;
  const added = cmds.filter(adds).length;
  const there = added > 0 ? (catalog.relations.get(keyOf(resolve(relation, catalog)))?.columns.length ?? 0) : 0;
  if (Math.max(elements, there + added) <= MOST) return null;
  return {
    kind: 'opaque',
    because: `it leaves a table with more than ${MOST} columns, which Postgres does not allow`,
    dynamic: false,
    unread: true,
  };
}

const adds = (command: Node): boolean => as(command, 'AlterTableCmd')?.subtype === 'AT_AddColumn';
