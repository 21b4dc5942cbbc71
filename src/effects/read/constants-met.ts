import type { ChangeOf } from '../../model/effect.ts';
import type { Table } from '../../model/schema.ts';
import { all, as, strings, walk, type Body, type Pg, type Tree } from '../../sql/nodes.ts';

type Met = NonNullable<ChangeOf<'change-rows'>['meets']>[number];

/** A constant in quotes takes the type of what it meets; a cast of its own keeps it. */
const textOf = (node: Tree | undefined): string | null => as(node, 'A_Const')?.sval?.sval ?? null;

const columnOf = (node: Tree | undefined): string | null => strings(as(node, 'ColumnRef')?.fields).at(-1) ?? null;

/** Constants that are compared with columns. */
export function compared(node: unknown): Met[] {
  const comparisons: Met[] = [];
  walk(node, (tag, body) => {
    if (tag === 'A_Expr') {
      const { lexpr, rexpr } = body as Body<'A_Expr'>;
      for (const [column, other] of [
        [columnOf(lexpr), rexpr],
        [columnOf(rexpr), lexpr],
      ] as const)
        for (const item of [other, ...(as(other, 'List')?.items ?? [])]) {
          const text = textOf(item);
          if (column !== null && text !== null) comparisons.push({ column, text });
        }
    }
    // Another query has columns of its own.
    return tag !== 'SelectStmt';
  });
  return comparisons;
}

/** Of UPDATE: what SET assigns. */
export const assigned = (targets: readonly Tree[] | undefined): Met[] =>
  all(targets, 'ResTarget').flatMap(({ name, val }) => {
    const text = textOf(val);
    return name === undefined || text === null ? [] : [{ column: name, text }];
  });

/** Of INSERT: the rows of VALUES, or of a SELECT without tables. */
const isDefault = (node: Tree | undefined): boolean => as(node, 'SetToDefault') !== undefined;

function generatedIn(names: readonly string[], table: Table | undefined): { generated?: string } {
  const isAlways = (name: string): boolean =>
    table?.columns.some(one => one.name === name && (one.generated !== null || one.identity === 'always')) === true;
  const generated = names.find(isAlways);
  return generated === undefined ? {} : { generated };
}

/** SET of a column GENERATED ALWAYS. */
export const updatedGenerated = (
  targets: Pg.UpdateStmt['targetList'],
  table: Table | undefined,
): { generated?: string } =>
  generatedIn(
    all(targets, 'ResTarget').flatMap(({ name, val }) => (isDefault(val) ? [] : (name ?? []))),
    table,
  );

export function inserted(
  s: Pg.InsertStmt,
  table: Table | undefined,
): { meets: Met[]; widest: number; generated?: string } {
  const written = all(s.cols, 'ResTarget').map(({ name }) => name ?? '');
  const names = written.length > 0 ? written : table?.complete ? table.columns.map(({ name }) => name) : [];
  const select = as(s.selectStmt, 'SelectStmt');
  const rows = (select?.valuesLists ?? []).map(row => as(row, 'List')?.items ?? []);
  const chosen = all(select?.targetList, 'ResTarget').map(({ val }) => val);
  const lists: readonly (readonly (Tree | undefined)[])[] = rows.length > 0 ? rows : [chosen];
  const meets = lists.flatMap(row =>
    row.flatMap((value, nth): Met[] => {
      const column = names[nth];
      const text = textOf(value);
      return column === undefined || text === null ? [] : [{ column, text }];
    }),
  );
  const targets = s.override === undefined || s.override === 'OVERRIDING_NOT_SET' ? names : [];
  const sets = targets.filter((_, nth) => lists.some(row => row[nth] !== undefined && !isDefault(row[nth])));
  return {
    ...generatedIn(sets, table),
    meets,
    widest: names.length === 0 ? 0 : Math.max(0, ...rows.map(row => row.length)) - names.length,
  };
}
