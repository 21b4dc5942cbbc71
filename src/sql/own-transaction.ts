import { all, as, constant } from './nodes.ts';
import type { Node, Statement } from '../model/source.ts';

/** Words without which no file says how it is run. */
const SIGNS = /\b(concurrently|vacuum|reindex|begin|start\s+transaction|system|database|tablespace)\b/i;

/** Characters; a dump or a seed is not parsed twice. */
const LARGEST = 200_000;

/**
 * Does a file show that its runner opens no transaction around it? Statements that refuse a transaction block stand alone in
 * it, or outside of its own BEGIN and COMMIT; or these enclose all that it does.
 */
export async function isSentByStatement(
  text: string,
  parse: (text: string) => Promise<readonly Statement[]>,
): Promise<boolean> {
  if (text.length > LARGEST || text.includes('\0') || !SIGNS.test(text)) return false;
  const statements = await parse(text);
  let open = false;
  let blocks = 0;
  const outside: Node[] = [];
  for (const { node } of statements) {
    if (node === null) return false;
    const verb = as(node, 'TransactionStmt')?.kind;
    if (verb === 'TRANS_STMT_BEGIN' || verb === 'TRANS_STMT_START') {
      if (open) return false;
      open = true;
      blocks += 1;
    } else if (verb === 'TRANS_STMT_COMMIT') {
      if (!open) return false;
      open = false;
    } else if (verb === 'TRANS_STMT_ROLLBACK' || verb === 'TRANS_STMT_PREPARE') return false;
    else if (!open && !as(node, 'VariableSetStmt')) outside.push(node);
    else if (open && refusesBlock(node)) return false;
  }
  return !open && blocks + outside.length > 0 && outside.every(refusesBlock);
}

/** PreventInTransactionBlock, as far as the tree shows it (manual, the pages of the commands; 12–18). */
function refusesBlock(node: Node): boolean {
  const on = (options: Parameters<typeof all>[0], name: string): boolean =>
    all(options, 'DefElem').some(
      ({ defname, arg }) => defname === name && !/^(false|off|0)$/i.test(constant(arg) ?? 'true'),
    );
  const reindex = as(node, 'ReindexStmt');
  return (
    as(node, 'IndexStmt')?.concurrent === true ||
    as(node, 'DropStmt')?.concurrent === true ||
    as(node, 'VacuumStmt')?.is_vacuumcmd === true ||
    (reindex !== undefined &&
      (on(reindex.params, 'concurrently') ||
        ['REINDEX_OBJECT_SCHEMA', 'REINDEX_OBJECT_SYSTEM', 'REINDEX_OBJECT_DATABASE'].includes(reindex.kind ?? ''))) ||
    all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(
      cmd => cmd.subtype === 'AT_DetachPartition' && as(cmd.def, 'PartitionCmd')?.concurrent === true,
    ) ||
    ALONE.some(tag => tag in node)
  );
}

const ALONE = ['AlterSystemStmt', 'CreatedbStmt', 'DropdbStmt', 'CreateTableSpaceStmt', 'DropTableSpaceStmt'];
