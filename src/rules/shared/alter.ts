import type { ChangeOf, Relation } from '../../model/effect.ts';
import type { Step } from '../../model/step.ts';
import { deparse } from '../../sql/deparse.ts';
import { all, as, strings, type Pg, type Tree } from '../../sql/nodes.ts';
import { quote, quoteRelation } from './quote.ts';

/** `ALTER TABLE orders <clause>`. */
export const alter = (relation: Relation, clause: string): string => `ALTER TABLE ${quoteRelation(relation)} ${clause}`;

/** The statement's ALTER TABLE commands; none in a DO block. */
const commands = (step: Step): Pg.AlterTableCmd[] =>
  all(as(step.statement.node, 'AlterTableStmt')?.cmds, 'AlterTableCmd');

/** The written constraint behind a change: by name, else by type and columns. */
export function constraintNode(step: Step, change: ChangeOf<'add-constraint'>): Pg.Constraint | null {
  const { constraint } = change;
  const written = commands(step).flatMap(cmd => {
    const own = as(cmd.def, 'Constraint');
    const column = as(cmd.def, 'ColumnDef');
    return own
      ? [{ node: own, column: null }]
      : all(column?.constraints, 'Constraint').map(node => ({ node, column: column?.colname ?? null }));
  });
  const match =
    written.find(({ node }) => node.conname === constraint.name) ??
    written.find(
      ({ node, column }) =>
        node.conname === undefined &&
        node.contype === TYPES[constraint.type] &&
        (column === null
          ? constraint.type === 'check' ||
            constraint.type === 'exclude' ||
            String(strings([...(node.keys ?? []), ...(node.fk_attrs ?? [])])) === String(constraint.columns)
          : String(constraint.columns) === column),
    );
  if (!match) return null;
  const { node, column } = match;
  if (column === null) return node;
  const keys: Tree[] = [{ String: { sval: column } }];
  return constraint.type === 'foreign-key'
    ? { ...node, fk_attrs: keys }
    : constraint.type === 'check'
      ? node
      : { ...node, keys };
}

const TYPES = {
  check: 'CONSTR_CHECK',
  'foreign-key': 'CONSTR_FOREIGN',
  unique: 'CONSTR_UNIQUE',
  'primary-key': 'CONSTR_PRIMARY',
  exclude: 'CONSTR_EXCLUSION',
  'not-null': 'CONSTR_NOTNULL',
} as const;

/** ALTER TABLE with this one constraint, not validated yet, under the name it will have. */
export function addNotValid(step: Step, change: ChangeOf<'add-constraint'>): string | null {
  const node = constraintNode(step, change);
  return (
    node &&
    alterOne(step, {
      Constraint: { ...node, initially_valid: false, conname: change.constraint.name, skip_validation: true },
    })
  );
}

/** The ALTER TABLE with one command, ADD CONSTRAINT. */
function alterOne(step: Step, def: Tree): string | null {
  const statement = as(step.statement.node, 'AlterTableStmt');
  if (!statement) return null;
  const command: Tree = { AlterTableCmd: { subtype: 'AT_AddConstraint', def, behavior: 'DROP_RESTRICT' } };
  return deparse({ AlterTableStmt: { ...statement, cmds: [command] } });
}

export const validate = (relation: Relation, constraint: string): string =>
  alter(relation, `VALIDATE CONSTRAINT ${quote(constraint)}`);

/** The column as ADD COLUMN writes it. */
export const columnNode = (step: Step, column: string): Pg.ColumnDef | null =>
  commands(step)
    .map(cmd => as(cmd.def, 'ColumnDef'))
    .find(def => def?.colname === column) ?? null;

/** ADD COLUMN with only those of its constraints that `keep` wants. */
export function addColumn(
  step: Step,
  column: string,
  keep: (type: Pg.ConstrType | undefined) => boolean,
): string | null {
  const statement = as(step.statement.node, 'AlterTableStmt');
  const command = commands(step).find(cmd => as(cmd.def, 'ColumnDef')?.colname === column);
  const def = as(command?.def, 'ColumnDef');
  if (!statement || !command || !def) return null;
  const constraints = (def.constraints ?? []).filter(node => keep(as(node, 'Constraint')?.contype));
  const changed: Tree = { ColumnDef: { ...def, constraints } };
  return deparse({
    AlterTableStmt: { ...statement, cmds: [{ AlterTableCmd: { ...command, def: changed } }] },
  });
}

/** An expression as SQL. */
export function expression(node: Tree | undefined): string | null {
  if (!node) return null;
  const select = deparse({
    SelectStmt: { targetList: [{ ResTarget: { val: node } }], limitOption: 'LIMIT_OPTION_DEFAULT', op: 'SETOP_NONE' },
  });
  return select?.replace(/^SELECT\s+/i, '') ?? null;
}

/** A type as SQL. */
export function typeSql(type: Pg.TypeName | undefined): string | null {
  return type ? deparse({ TypeName: type }) : null;
}
