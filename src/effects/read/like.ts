import { chooseName, indexColumnNames } from '../../model/object-names.ts';
import type { Column, Constraint, Index, Statistics, Table } from '../../model/schema.ts';
import type { Reading } from '../reader.ts';
import { relationExists, statisticsName, type Host } from './constraints.ts';

/** TableLikeOption (parsenodes.h). */
const OPTIONS = { constraints: 4, defaults: 8, generated: 16, identity: 32, indexes: 64, statistics: 128 } as const;

/** INCLUDING …, INCLUDING ALL. */
export const includes = (options: number | undefined, what: keyof typeof OPTIONS): boolean =>
  ((options ?? 0) & OPTIONS[what]) !== 0;

/** Columns come always, with their NOT NULL. */
export const likeColumns = (model: Table, options: number | undefined): Column[] =>
  model.columns.map(({ inheritedOnly, ...column }) => ({
    ...column,
    default: includes(options, 'defaults') ? column.default : null,
    generated: includes(options, 'generated') ? column.generated : null,
    identity: includes(options, 'identity') ? column.identity : null,
  }));

/** Checks keep their names. Foreign keys never come. */
export const likeChecks = (model: Table): Constraint[] =>
  model.constraints.flatMap(({ inheritedOnly, ...constraint }) =>
    constraint.type === 'check' ? { ...constraint, valid: constraint.enforced } : [],
  );

/** They are named after their columns, in the order of the table (generateClonedExtStatsStmt). */
export const likeStatistics = (model: Table, host: Host, { catalog }: Reading): Statistics[] =>
  model.statistics.map(({ columns }) => {
    const ordered = model.columns.flatMap(({ name }) => (columns.includes(name) ? name : []));
    const name = statisticsName(host, ordered, catalog, host.usedNames);
    host.usedNames.add(name);
    return { name, columns };
  });

const LABELS = { 'primary-key': 'pkey', unique: 'key', exclude: 'excl' } as const;

/**
 * Indexes come under new names, and with them the keys that they stand behind: each for itself, though another has the
 * same columns (expandTableLikeClause).
 */
export function likeIndexes(
  model: Table,
  host: Host,
  { catalog }: Reading,
): { indexes: Index[]; constraints: Constraint[] } {
  const constraints: Constraint[] = [];
  const isTaken = (name: string): boolean => host.usedNames.has(name) || relationExists(name, host.schema, catalog);
  const indexes = model.indexes.map(({ parent, ...index }) => {
    const backed = model.constraints.find(({ name }) => name === index.constraint);
    const type = backed?.type;
    const label = type === 'primary-key' || type === 'unique' || type === 'exclude' ? LABELS[type] : 'idx';
    const columns = label === 'pkey' ? [] : (index.names ?? indexColumnNames(index.columns));
    const name = chooseName(host.name, columns, label, isTaken);
    host.usedNames.add(name);
    if (backed) constraints.push({ ...backed, name, usingIndex: null });
    return { ...index, name, valid: true, constraint: backed ? name : null };
  });
  return { indexes, constraints };
}
