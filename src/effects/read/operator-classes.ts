import type { Catalog, Key, Table } from '../../model/schema.ts';
import { as, strings, type Pg } from '../../sql/nodes.ts';
import { ofOperatorClass, ofType } from './uses.ts';

/** Where the functions of all operator classes and families are kept. */
export const ANY_OPERATOR_CLASS: Key = 'operator classes';

/**
 * Functions of the migrations that building an index calls: those of the operator class that a key names, or of the
 * default one of its type; of an expression, whose type is not known here, those of every class (index_build, index.c).
 */
export function indexSupport(
  elements: readonly Pg.IndexElem[],
  table: Pick<Table, 'columns'> | undefined,
  { support }: Catalog,
): Key[] {
  if (support.size === 0) return [];
  return elements.flatMap(({ name, opclass, expr }) => {
    const written = strings(opclass).at(-1);
    if (written !== undefined) return support.get(ofOperatorClass(written)) ?? [];
    const column = name ?? strings(as(expr, 'ColumnRef')?.fields).at(-1);
    const type = table?.columns.find(candidate => candidate.name === column)?.type;
    return support.get(type ? ofType(type) : ANY_OPERATOR_CLASS) ?? [];
  });
}

/** Calls with what an index calls beside them. */
export const withSupport = (
  called: { readonly calls?: readonly Key[]; readonly runs?: readonly Key[] },
  behind: readonly Key[],
): typeof called =>
  behind.length > 0 ? { ...called, runs: [...new Set([...(called.runs ?? []), ...behind])] } : called;
