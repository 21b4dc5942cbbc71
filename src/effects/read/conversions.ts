import type { Change } from '../../model/effect.ts';
import type { Tag } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { run } from './bodies.ts';

/** Statements that evaluate expressions or compare values. */
const EVALUATE: ReadonlySet<Tag> = new Set<Tag>([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CopyStmt',
  'CreateTableAsStmt',
  'RefreshMatViewStmt',
  'CallStmt',
  'DoStmt',
  'IndexStmt',
  'ReindexStmt',
  'AlterTableStmt',
  'AlterDomainStmt',
  'VacuumStmt',
  'ClusterStmt',
  'DeclareCursorStmt',
  'ExecuteStmt',
]);

const READ: ReadonlySet<string> = new Set(['sql', 'plpgsql']);

/**
 * A cast may be implicit, a domain be the type of a variable, an operator class compare what nobody names: what the functions
 * behind types do counts wherever a value may be of them.
 */
export function conversions(tag: Tag, at: Reading): Change[] {
  const { support, routines } = at.catalog;
  if (support.size === 0 || !EVALUATE.has(tag)) return [];
  const keys = support
    .entries()
    .flatMap(([object, functions]) => (object.startsWith('type ') ? functions : []))
    .filter(key => routines.get(key)?.every(({ language }) => READ.has(language)));
  return run(keys, at, 'only if a value has the type that uses the function');
}
