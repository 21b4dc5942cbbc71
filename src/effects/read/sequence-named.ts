import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { as, constant, strings, type Tree } from '../../sql/nodes.ts';
import { dottedName } from '../../sql/dotted-name.ts';
import { resolveName } from '../../catalog/resolve.ts';

/** They take a sequence's name, and open it under ROW EXCLUSIVE (init_sequence, sequence.c). */
export const ON_SEQUENCES: ReadonlySet<string> = new Set(['nextval', 'setval', 'currval']);

/** The sequence that `'schema.name'`, or pg_get_serial_sequence('table', 'column'), stands for. */
export function sequenceNamed(argument: Tree | undefined, catalog: Catalog): Key | null {
  const call = as(argument, 'FuncCall') ?? as(as(argument, 'TypeCast')?.arg, 'FuncCall');
  const text = constant(call ? call.args?.[0] : argument);
  if (text === null) return null;
  const parts = dottedName(text) ?? [text];
  const relation = resolveName({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }, catalog, 'sequence');
  if (!call) return keyOf(relation);
  if (strings(call.funcname).at(-1) !== 'pg_get_serial_sequence') return null;
  const column = constant(call.args?.[1]);
  const owned = catalog.relations
    .values()
    .find(({ ownedBy }) => ownedBy?.table === keyOf(relation) && ownedBy.column === column);
  return owned ? keyOf(owned) : null;
}
