import type { Change, Relation } from '../../model/effect.ts';
import type { Column } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';

/** A column that a statement creates. */
export interface NewColumn {
  readonly relation: Relation;
  readonly column: Column;
  readonly change: Change;
  readonly primary: boolean;
}

/** The columns that a statement creates, with its table or in one. */
export const newColumns = (step: Step): NewColumn[] =>
  step.changes.flatMap((change): NewColumn[] => {
    if (change.kind === 'add-column') {
      const primary = step.changes.some(
        other =>
          other.kind === 'add-constraint' &&
          other.constraint.type === 'primary-key' &&
          other.constraint.columns.includes(change.column.name),
      );
      return [{ relation: change.relation, column: change.column, change, primary }];
    }
    if (change.kind !== 'create-table') return [];
    const key = change.table.constraints.find(constraint => constraint.type === 'primary-key')?.columns ?? [];
    return change.table.columns.map(column => ({
      relation: change.relation,
      column,
      change,
      primary: key.includes(column.name),
    }));
  });
