import type { Column, Constraint, ConstraintType, Index, RelationKind, Table, Trigger } from '../model/schema.ts';
import type { PartKind } from '../model/schema-diff.ts';
import { defaultText, list, display, typeText, words } from './wording.ts';

/** What is said of an object or of a part: `gist` is what every spelling of the same thing has in common, if anything. */
export interface Described {
  readonly name: string;
  readonly text: string;
  readonly gist: string | null;
}
export interface DescribedPart extends Described {
  readonly part: PartKind;
}

const same = (name: string, text: string): Described => ({ name, text, gist: text });

const KINDS: Readonly<Record<RelationKind, string>> = {
  table: 'table',
  'partitioned-table': 'table',
  'foreign-table': 'foreign table',
  index: 'index',
  view: 'view',
  'materialized-view': 'materialized view',
  sequence: 'sequence',
  'composite-type': 'type',
};

/** The table itself, without its parts. */
export function tableText(table: Table): Described {
  const { kind, persistence, partitioning, partitionOf, inherits, reads, rowSecurity, tablespace } = table;
  const head = words(
    persistence !== 'permanent' && persistence,
    `${KINDS[kind]} ${display(table)}`,
    partitionOf !== null && `partition of ${partitionOf.parent.replace(/^public\./, '')}`,
    partitioning !== null && `partitioned by ${partitioning.strategy} ${list(partitioning.columns)}`,
    inherits.length > 0 && `inherits ${list(inherits.map(key => key.replace(/^public\./, '')))}`,
    rowSecurity && 'with row level security',
    tablespace !== null && `in tablespace ${tablespace}`,
  );
  const from = [...new Set(reads.map(({ relation }) => relation.replace(/^public\./, '')))].sort();
  const columns = reads.map(({ relation, columns }) => `${relation.replace(/^public\./, '')}${list(columns ?? ['*'])}`);
  return {
    name: display(table),
    text: words(head, columns.length > 0 && `reads ${columns.sort().join(', ')}`),
    gist: words(head, from.length > 0 && `reads ${from.join(', ')}`),
  };
}

/** The text of a view's query is not read for what its columns are. */
const isTyped = ({ kind }: Table): boolean => kind !== 'view' && kind !== 'materialized-view';

/** Columns, constraints and all else that belongs to the table; what a server adds by itself is left out. */
export function tableParts(table: Table): DescribedPart[] {
  const constraints = new Set(table.constraints.map(({ name }) => name));
  return [
    ...table.columns.map(column => ({
      part: 'column' as const,
      ...columnText(column),
      ...(isTyped(table) ? {} : { gist: null }),
    })),
    ...table.constraints
      .filter(({ type, valid }) => type !== 'not-null' || !valid)
      .map(constraint => ({ part: 'constraint' as const, ...constraintText(constraint) })),
    ...table.indexes
      .filter(({ name, constraint, valid }) => !valid || (constraint === null && !constraints.has(name)))
      .map(index => ({ part: 'index' as const, ...indexText(index) })),
    ...table.triggers.map(trigger => ({ part: 'trigger' as const, ...same(trigger.name, triggerText(trigger)) })),
    ...table.policies.map(({ name }) => ({ part: 'policy' as const, ...same(name, `policy ${name}`) })),
    ...table.rules.map(rule => ({ part: 'rule' as const, ...same(rule, `rule ${rule}`) })),
    ...table.statistics.map(({ name }) => ({ part: 'statistics' as const, ...same(name, `statistics ${name}`) })),
    ...Object.entries(table.options).map(([name, value]) => ({
      part: 'option' as const,
      ...same(name, `with ${name} = ${value}`),
    })),
  ];
}

/** Types whose constants have one spelling; a server writes others in its own. */
const PLAIN = new Set(['text', 'varchar', 'bpchar', 'bool', 'int2', 'int4', 'int8']);

function columnText({ name, type, notNull, default: value, generated, identity, collation }: Column): Described {
  const head = words(`${name} ${typeText(type)}`);
  const tail = words(
    notNull && 'not null',
    generated !== null && `generated always, ${generated}`,
    identity !== null && `generated ${identity} as identity`,
  );
  const written = value === null ? '' : defaultText(value);
  const isPlain = value?.text !== undefined && PLAIN.has(type.name) && !type.array;
  const plain = isPlain ? written.replaceAll("'", '') : written !== '' && value?.sequence === undefined && 'default';
  return {
    name,
    text: words(head, collation !== null && `collate ${collation}`, tail, written),
    gist: words(head, tail, plain === false ? written : plain),
  };
}

const SPELLED: Readonly<Record<ConstraintType, string>> = {
  check: 'check',
  'foreign-key': 'foreign key',
  unique: 'unique',
  'primary-key': 'primary key',
  exclude: 'exclude',
  'not-null': 'not null',
};

function constraintText(constraint: Constraint): Described {
  const { name, type, columns, references, valid, enforced, deferrable, noInherit, conjuncts = [] } = constraint;
  const on = type === 'check' ? [...columns].sort() : columns;
  const head = `constraint ${name} ${SPELLED[type]}`;
  const tail = words(
    references !== null && `references ${display(references)} ${list(references.columns)}`,
    references !== null && references.onDelete !== 'no action' && `on delete ${references.onDelete}`,
    deferrable && 'deferrable',
    // Other constraints have the mark, and no choice.
    type === 'check' && noInherit && 'no inherit',
    !enforced && 'not enforced',
    !valid && 'not valid',
  );
  const shownCheck = conjuncts.length > 0 ? `(${conjuncts.join(' and ')})` : `of ${list(on)}`;
  return { name, text: words(head, type === 'check' ? shownCheck : list(on), tail), gist: words(head, list(on), tail) };
}

/** A dump makes the index of a partitioned table invalid, and its partitions' indexes make it valid one by one. */
function indexText({ name, columns, unique, method, partial, valid }: Index): Described {
  const head = words(unique && 'unique', `index ${name}`, method !== 'btree' && `using ${method}`, list(columns));
  const gist = words(head, partial && 'where …');
  return { name, text: words(gist, !valid && 'invalid'), gist };
}

const triggerText = ({ name, function: run, events, row, constraint, enabled }: Trigger): string =>
  words(
    constraint && 'constraint',
    `trigger ${name} on ${[...events].sort().join(', ')} for each ${row ? 'row' : 'statement'}`,
    `calls ${run.replace(/^public\./, '')}`,
    !enabled && 'disabled',
  );
