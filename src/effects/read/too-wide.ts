import type { Change, Relation } from '../../model/effect.ts';
import { keyOf } from '../../model/schema.ts';
import type { Node } from '../../model/source.ts';
import { all, as } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';

/** MaxHeapAttributeNumber (htup_details.h): no table has more columns, and the work on one grows with the square of them. */
const MOST = 1600;

/** A statement that by itself makes more columns than any table has, and is not read; null for every other. */
export function tooWide(node: Node): Change | null {
  const { tableElts = [] } = as(node, 'CreateStmt') ?? {};
  const { cmds = [] } = as(node, 'AlterTableStmt') ?? {};
  if (Math.max(tableElts.length, cmds.length) <= MOST) return null;
  return Math.max(all(tableElts, 'ColumnDef').length, cmds.filter(adds).length) > MOST ? WIDE : null;
}

/** Commands that leave a table with more columns than any has, and are not read; null for all others. */
export function tooWideAfter(commands: readonly Node[], relation: Relation, { catalog }: Reading): Change | null {
  const added = commands.filter(adds).length;
  if (added === 0) return null;
  const there = catalog.relations.get(keyOf(relation))?.columns.length ?? 0;
  return there + added > MOST ? WIDE : null;
}

const WIDE: Change = {
  kind: 'opaque',
  because: `it leaves a table with more than ${MOST} columns, which Postgres does not allow`,
  dynamic: false,
  unread: true,
};

const adds = (command: Node): boolean => as(command, 'AlterTableCmd')?.subtype === 'AT_AddColumn';
