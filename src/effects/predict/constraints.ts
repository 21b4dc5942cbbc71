import { relationOf } from '../../catalog/edit.ts';
import { indexOfConstraint } from '../../catalog/apply/constraints.ts';
import { fits } from '../../catalog/partition-indexes.ts';
import { constraintRecursion } from '../../catalog/recipients.ts';
import { tablesWithDependents } from '../../catalog/index-dependents.ts';
import { PLANNED, type ChangeOf, type Relation } from '../../model/effect.ts';
import { keyOf, type Constraint, type Table } from '../../model/schema.ts';
import {
  build,
  exclusive,
  fail,
  lock,
  may,
  reject,
  scan,
  type Part,
  type CostTable,
  type CostContext,
} from '../cost-model.ts';
import {
  ancestors,
  childrenOf,
  withInheritors,
  withListedInheritors,
  holdsRows,
  incomplete,
  tableAt,
  nameOn,
  partitionRows,
  provedNotNull,
  target,
  withPartitions,
  leafRelations,
} from '../../catalog/related-tables.ts';
import { boundsOf } from './partition-bounds.ts';

/** A foreign key is checked by one query that joins both tables (RI_Initial_Check). */
function addForeignKey(
  { relation, constraint, inline }: ChangeOf<'add-constraint'>,
  other: Relation,
  { catalog, pg }: CostContext,
): Part[] {
  // Since 18 inheritance children are locked, though the key is not theirs.
  const parts = [
    ...(pg >= 18 ? withInheritors : withPartitions)(relation, catalog),
    ...withPartitions(other, catalog),
  ].map(member => lock(member, 'SHARE ROW EXCLUSIVE'));
  if (!constraint.valid) {
    const refused = relation.kind === 'partitioned-table' && pg < 18;
    return refused
      ? [
          ...parts,
          fail(relation, '42809', 'cannot add a NOT VALID foreign key to a partitioned table before Postgres 18'),
        ]
      : parts;
  }
  // Written on a new column without a default, all values are null and nothing is read; DEFAULT NULL is one (transformColumnDefinition).
  const added = tableAt(relation, catalog)?.columns.find(c => c.name === constraint.columns[0]);
  if (inline && !added?.default && added?.generated === null && !added.identity) return parts;
  const scans = partitionRows(relation, catalog).map(scan);
  // Measured on 13 to 18: with several columns, an index of the table itself may serve both sides of the join.
  const isWide = keyOf(other) === keyOf(relation) && constraint.columns.length > 1;
  return [
    ...parts,
    ...(isWide ? may(scans, PLANNED) : scans),
    ...may(partitionRows(other, catalog).map(scan), PLANNED),
    ...boundsOf([relation, other], catalog),
    reject(relation, `a row has no match in ${other.name}`),
  ];
}

function addKey({ relation, constraint, only }: ChangeOf<'add-constraint'>, { catalog, pg }: CostContext): Part[] {
  const table = tableAt(relation, catalog);
  // Of an index that was never seen the columns are not known.
  const columns = constraint.columns.length > 0 ? constraint.columns : ['a column of the index'];
  const nullable = constraint.type === 'primary-key' ? columns.filter(column => !provedNotNull(table, column)) : [];
  const parts = [exclusive(relation)];
  if (only && relation.kind === 'partitioned-table') return parts;
  const index = table && indexOfConstraint(constraint, table);
  const key = keyOf(relation);
  /** A partition's own index that fits becomes a part of the new one, with its own parts (DefineIndex). */
  const lends = (member: Relation): boolean =>
    Boolean(index && keyOf(member) !== key && tableAt(member, catalog)?.indexes.some(own => fits(index, own)));
  const isBelowLender = (member: Relation): boolean => {
    const above = ancestors(member, catalog);
    return above
      .slice(
        0,
        Math.max(
          above.findIndex(parent => keyOf(parent) === key),
          0,
        ),
      )
      .some(lends);
  };
  // Measured: up to 17 SHARE on the partitions (more for the trigger of a deferrable key), unless they are made NOT NULL
  // too; on 18 ACCESS EXCLUSIVE, on inheritance children as well. A primary key makes its columns NOT NULL in inheritance children, too.
  if (pg >= 18 || (constraint.type === 'primary-key' && relation.kind !== 'partitioned-table'))
    parts.push(...childrenOf(relation, catalog).map(exclusive));
  else
    for (const member of withPartitions(relation, catalog).slice(1))
      if (nullable.length > 0) parts.push(exclusive(member));
      else if (!isBelowLender(member))
        parts.push(lock(member, constraint.deferrable ? 'SHARE ROW EXCLUSIVE' : 'SHARE'));
  if (constraint.usingIndex === null) {
    for (const member of partitionRows(relation, catalog).filter(member => !lends(member) && !isBelowLender(member)))
      parts.push(build(member, nameOn(member, relation, constraint, catalog)), scan(member));
    parts.push(reject(relation, constraint.type === 'exclude' ? 'two rows conflict' : 'two rows have the same key'));
  }
  if (nullable.length > 0) {
    const work = [
      ...leafRelations(relation, catalog)
        .filter(member => nullable.some(column => !provedNotNull(tableAt(member, catalog), column)))
        .map(scan),
      reject(relation, `${nullable.join(', ')} contains a null`),
    ];
    const unsure = incomplete(table) && nullable.every(name => !table?.columns.some(c => c.name === name));
    parts.push(...(unsure ? may(work, 'the columns may already be NOT NULL') : work));
  }
  return parts;
}

function addChecked({ relation, constraint, only }: ChangeOf<'add-constraint'>, { catalog, pg }: CostContext): Part[] {
  const { locked, recipients } = constraintRecursion(
    catalog,
    keyOf(relation),
    constraint,
    constraint.noInherit || only,
  );
  const proved = (member: Relation): boolean =>
    constraint.type === 'not-null' &&
    constraint.columns.every(column => provedNotNull(tableAt(member, catalog), column));
  const read =
    constraint.valid && constraint.enforced
      ? withListedInheritors(relation, recipients, catalog).filter(member => !proved(member))
      : [];
  // Since 18 all that inherits is locked before anything is added, under NO INHERIT, too (ATPrepCmd).
  return [
    ...(pg >= 18 && !only ? withInheritors(relation, catalog) : withListedInheritors(relation, locked, catalog)).map(
      exclusive,
    ),
    ...read.filter(holdsRows).map(scan),
    ...(read.length > 0 ? [reject(relation, `a row violates ${constraint.name}`)] : []),
  ];
}

function addConstraint(change: ChangeOf<'add-constraint'>, at: CostContext): Part[] {
  const { constraint } = change;
  const other = target(constraint, at.catalog);
  if (other) return addForeignKey(change, other, at);
  if (constraint.type === 'check' || constraint.type === 'not-null') return addChecked(change, at);
  return addKey(change, at);
}

/** Has the table a valid one of the name, or, whatever that is called, of a NOT NULL? */
const isValid = (table: Table | undefined, existing: Constraint | undefined, name: string): boolean =>
  existing?.type === 'not-null'
    ? existing.columns.every(column => provedNotNull(table, column))
    : table?.constraints.some(own => own.name === name && own.valid) === true;

const possibly = (parts: readonly Part[], unsure: boolean): readonly Part[] =>
  unsure ? may(parts, 'only if the constraint changes') : parts;

export const constraints = {
  'add-constraint': addConstraint,
  // Under ONLY a foreign key of partitions is validated in them all the same (18), and another that is inherited is refused.
  'validate-constraint': ({ relation, constraint }, { catalog }) => {
    const existing = tableAt(relation, catalog)?.constraints.find(c => c.name === constraint);
    const other = existing && target(existing, catalog);
    const shareLock = (member: Relation): Part => lock(member, 'SHARE UPDATE EXCLUSIVE');
    if (existing?.valid) return [shareLock(relation)];
    const inherited = existing?.type !== 'foreign-key' && !existing?.noInherit;
    const members = (inherited ? withInheritors : withPartitions)(relation, catalog);
    return [
      ...members.map(shareLock),
      // A child whose own is valid is left out (ATExecValidateConstraint).
      ...members
        .filter(member => holdsRows(member) && !isValid(tableAt(member, catalog), existing, constraint))
        .map(scan),
      ...(other
        ? [
            lock(other, 'ROW SHARE'),
            // The query that checks the rows is planned with the partitions of the referenced table.
            ...withPartitions(other, catalog)
              .slice(1)
              .map(member => lock(member, 'ACCESS SHARE')),
            ...may(partitionRows(other, catalog).map(scan), PLANNED),
          ]
        : []),
      reject(relation, `a row violates ${constraint}`),
    ];
  },
  'drop-constraint': ({ relation, constraint, cascade }, { catalog }) => {
    const existing = tableAt(relation, catalog)?.constraints.find(c => c.name === constraint);
    const other = existing && target(existing, catalog);
    const index = tableAt(relation, catalog)?.indexes.find(own => own.constraint === constraint);
    const dependents =
      cascade && index ? tablesWithDependents(catalog, keyOf(relation), index.name).map(relationOf) : [];
    // IF EXISTS finds nothing to drop; partitions are locked all the same (ATCheckPartitionsNotInUse).
    const absent = existing === undefined && tableAt(relation, catalog)?.complete === true;
    const recurses = existing === undefined || existing.type === 'check' || existing.type === 'not-null';
    return [
      // Under ONLY what the children inherit becomes their own (ATExecDropConstraint).
      ...(absent || !recurses ? withPartitions : withInheritors)(relation, catalog).map(exclusive),
      ...(other ? withPartitions(other, catalog).map(exclusive) : []),
      ...dependents.map(exclusive),
    ];
  },
  // Only what children inherit by its name is renamed there (rename_constraint_internal).
  'rename-constraint': ({ relation, constraint }, { catalog }) => {
    const existing = tableAt(relation, catalog)?.constraints.find(c => c.name === constraint);
    const inherited = (existing?.type === 'check' || existing?.type === 'not-null') && !existing.noInherit;
    return (inherited || !existing ? withInheritors(relation, catalog) : [relation]).map(exclusive);
  },
  'alter-constraint': ({ relation, constraint, enforced, deferrable }, { catalog }) => {
    const existing = tableAt(relation, catalog)?.constraints.find(c => c.name === constraint);
    const other = existing && target(existing, catalog);
    const partitions = withPartitions(relation, catalog).slice(1).map(exclusive);
    const others = other ? withPartitions(other, catalog) : [];
    if (enforced === null) return [exclusive(relation), ...possibly(partitions, existing?.deferrable === deferrable)];
    // ATExecAlterConstrEnforceability (18): its triggers are dropped, or made and the rows checked.
    if (!enforced)
      return [exclusive(relation), ...partitions, ...(existing?.enforced === false ? [] : others.map(exclusive))];
    if (existing?.enforced) return [exclusive(relation)];
    return [
      exclusive(relation),
      ...partitions,
      ...others.map(member => lock(member, 'SHARE ROW EXCLUSIVE')),
      ...may(others.filter(holdsRows).map(scan), PLANNED),
      ...partitionRows(relation, catalog).map(scan),
      reject(relation, `a row violates ${constraint}`),
    ];
  },
} satisfies Partial<CostTable>;
