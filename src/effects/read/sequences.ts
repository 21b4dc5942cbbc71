import { unknownRelation } from '../../catalog/edit.ts';
import { isVisible } from '../../model/effect.ts';
import { keyOf, type Catalog, type Table } from '../../model/schema.ts';
import { all, as, strings, type Pg } from '../../sql/nodes.ts';
import type { Readers } from '../reader.ts';
import { exists, resolve, resolveName } from '../../catalog/resolve.ts';
import { created } from './tables.ts';

/** OWNED BY table.column; null for OWNED BY NONE and where it is not written. */
function ownerOf(options: readonly Pg.Node[] | undefined, catalog: Catalog): Table['ownedBy'] | undefined {
  const option = all(options, 'DefElem').find(candidate => candidate.defname === 'owned_by');
  if (!option) return undefined;
  const parts = strings(as(option.arg, 'List')?.items);
  if (parts.length < 2) return null;
  const table = resolveName({ schema: parts.at(-3) ?? null, name: parts.at(-2) ?? '' }, catalog);
  return { table: keyOf(table), column: parts.at(-1) ?? '' };
}

export const sequences: Pick<Readers, 'CreateSeqStmt' | 'AlterSeqStmt'> = {
  CreateSeqStmt: (s, at) => {
    const relation = created(s.sequence, 'sequence', at);
    if (s.if_not_exists && exists(relation, at)) return [];
    return [
      {
        kind: 'create-sequence',
        relation,
        sequence: { ...unknownRelation(relation), complete: true, ownedBy: ownerOf(s.options, at.catalog) ?? null },
      },
    ];
  },
  AlterSeqStmt: (s, { catalog }) => {
    const relation = resolve(s.sequence, catalog, 'sequence');
    if (s.missing_ok && !catalog.relations.has(keyOf(relation)) && catalog.partial.length === 0) return [];
    const owner = ownerOf(s.options, catalog);
    const restarts = all(s.options, 'DefElem').some(({ defname }) => defname === 'restart');
    return [
      { kind: 'alter-sequence', relation, what: owner === undefined ? 'options' : 'owned-by', ownedBy: owner ?? null },
      ...(restarts && isVisible(relation) ? [{ kind: 'reset-sequence' as const, relation }] : []),
    ];
  },
};
