import type { Body } from '../../sql/nodes.ts';
import type { Plain } from './cell.ts';

/** The value of a constant, as what it is. */
export function constantOf({ sval, ival, fval, boolval, isnull }: Body<'A_Const'>): Plain | null | undefined {
  if (isnull) return null;
  if (sval) return sval.sval ?? '';
  if (ival) return ival.ival ?? 0;
  if (fval) return Number(fval.fval ?? 0);
  return boolval ? (boolval.boolval ?? false) : undefined;
}
