import type { Change } from '../../model/effect.ts';
import { keyOf } from '../../model/schema.ts';
import { all, as, typeRef, type Pg } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { resolveIndex, resolveName, resolveType } from '../../catalog/resolve.ts';
import { optionsOf } from './options.ts';

/** ALTER INDEX: the same node with another object type. */
export function readAlterIndex(s: Pg.AlterTableStmt, at: Reading): readonly Change[] {
  const name = s.relation?.relname ?? '';
  const schema = s.relation?.schemaname ?? null;
  const table = resolveIndex({ schema, name }, at.catalog) ?? resolveName({ schema, name }, at.catalog, 'index');
  return all(s.cmds, 'AlterTableCmd').map((cmd): Change => {
    if (cmd.subtype === 'AT_AttachPartition')
      return {
        kind: 'attach-index',
        relation: table,
        index: name,
        child: as(cmd.def, 'PartitionCmd')?.name?.relname ?? '',
      };
    if (cmd.subtype === 'AT_SetTableSpace')
      return { kind: 'set-index-options', relation: table, index: name, strong: true };
    const strong = Object.keys(optionsOf(cmd.def, true)).some(option => STRONG_INDEX_OPTIONS.has(option));
    return { kind: 'set-index-options', relation: table, index: name, strong };
  });
}

/** Options of GIN, GiST and BRIN whose change takes ACCESS EXCLUSIVE (reloptions.c; measured 12–18). */
const STRONG_INDEX_OPTIONS = new Set([
  'fastupdate',
  'gin_pending_list_limit',
  'buffering',
  'pages_per_range',
  'autosummarize',
]);

const ATTRIBUTE = { AT_AddColumn: 'add', AT_DropColumn: 'drop', AT_AlterColumnType: 'retype' } as const;

/** ALTER TYPE of a composite type. */
export function readAlterType(s: Pg.AlterTableStmt, at: Reading): readonly Change[] {
  const key = keyOf(
    resolveType(
      { schema: s.relation?.schemaname ?? '', name: s.relation?.relname ?? '', mods: [], array: false },
      at.catalog,
    ),
  );
  return all(s.cmds, 'AlterTableCmd').map((cmd): Change => {
    const def = as(cmd.def, 'ColumnDef');
    const what = ATTRIBUTE[cmd.subtype as keyof typeof ATTRIBUTE];
    return {
      kind: 'alter-composite',
      key,
      what,
      attribute: cmd.name ?? def?.colname ?? '',
      type: def ? resolveType(typeRef(def.typeName), at.catalog) : null,
      cascade: cmd.behavior === 'DROP_CASCADE',
    };
  });
}
