import { descendants } from '../../catalog/edit.ts';
import { same, type Cost } from '../../model/effect.ts';
import { stronger } from '../../model/lock.ts';
import { keyOf, type Catalog } from '../../model/schema.ts';
import type { Statement } from '../../model/source.ts';
import { as } from '../../sql/nodes.ts';

/** Is it a lock that a command of ALTER TABLE takes on children in the mode of the whole statement? */
const isOfLevel = (cost: Cost): boolean =>
  cost.kind === 'lock' &&
  (cost.cause?.kind === 'set-column-statistics' ||
    cost.cause?.kind === 'validate-constraint' ||
    (cost.cause?.kind === 'add-constraint' && cost.cause.constraint.type === 'foreign-key'));

/** ALTER TABLE locks the table, and the children it reaches, in the strongest mode of its commands (AlterTableGetLockLevel). */
export function atHighestLockLevel({ node }: Statement, costs: readonly Cost[], catalog: Catalog): readonly Cost[] {
  if ((as(node ?? undefined, 'AlterTableStmt')?.cmds?.length ?? 0) < 2) return costs;
  const altered = costs.find(({ cause }) => cause && 'relation' in cause)?.cause;
  if (!altered || !('relation' in altered)) return costs;
  const { relation } = altered;
  const own = costs.flatMap(cost => (cost.kind === 'lock' && same(cost.relation, relation) ? [cost.mode] : []));
  const level = own.reduce(stronger, 'ACCESS SHARE');
  const below = new Set(descendants(catalog, keyOf(relation)).map(keyOf));
  return costs.map(cost =>
    cost.kind === 'lock' && isOfLevel(cost) && below.has(keyOf(cost.relation))
      ? { ...cost, mode: stronger(cost.mode, level) }
      : cost,
  );
}
