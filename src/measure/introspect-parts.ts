import { bare } from '../model/bare.ts';
import type {
  Bound,
  Column,
  Constraint,
  ConstraintType,
  Default,
  Index,
  Reaction,
  Trigger,
  TypeRef,
} from '../model/schema.ts';

/** Rows of the queries, and the parts of a table that they become. */
export interface ColumnRow {
  readonly name: string;
  readonly notNull: boolean;
  readonly identity: string;
  readonly generated: string;
  readonly local: boolean;
  readonly written: string;
  readonly type: string;
  readonly typeSchema: string;
  readonly array: boolean;
  readonly collation: string | null;
  readonly default: string | null;
  /** Of the functions called: 1 immutable, 2 stable, 3 volatile. */
  readonly volatility: number | null;
  readonly stable: boolean | null;
  readonly volatile: boolean | null;
  readonly reads: readonly (string | null)[];
  readonly sequence: string | null;
}

/** The modifiers of a type are the numbers that format_type writes in brackets. */
export function typeRef(schema: string, name: string, array: boolean, written: string): TypeRef {
  const mods = /\(([\d\s,-]+)\)/.exec(written)?.[1]?.split(',').map(Number) ?? [];
  const fields = /^interval ((?:year|month|day|hour|minute|second)[a-z ]*)/.exec(written)?.[1]?.trim();
  return { schema, name, mods, array, ...(fields === undefined ? {} : { fields }) };
}

export function columnOf(row: ColumnRow): Column {
  const generated = row.generated === 's' ? 'stored' : row.generated === 'v' ? 'virtual' : null;
  const reads = row.reads.filter(name => name !== null);
  return {
    name: row.name,
    type: typeRef(row.typeSchema, row.type, row.array, row.written),
    notNull: row.notNull,
    default: generated === null && row.default !== null ? defaultOf(row, row.default) : null,
    generated,
    ...(generated === null ? {} : { generatedFrom: reads }),
    identity: row.identity === 'a' ? 'always' : row.identity === 'd' ? 'by default' : null,
    collation: row.collation,
    ...(row.local ? {} : { inheritedOnly: true }),
    ...(row.sequence?.endsWith(`_${row.name}_seq`) && row.identity === '' ? { serial: true } : {}),
  };
}

const defaultOf = (row: ColumnRow, text: string): Default => ({
  volatility:
    row.volatility === 3 || row.volatile === true
      ? 'volatile'
      : row.volatility === 2 || row.stable === true
        ? 'stable'
        : 'immutable',
  isNull: /^NULL(::|$)/.test(text),
  ...plain(text),
  ...(row.sequence === null ? {} : { sequence: row.sequence }),
});

/** As the reader of the text spells them: a constant without its cast, or a call without arguments. */
function plain(text: string): { text?: string } {
  const match =
    /^('(?:[^']|'')*'|-?[\d.]+|true|false|[\w.]+\(\)|CURRENT_\w+)(::[\w ."]+(\(\d+(,\d+)?\))?(\[\])?)?$/.exec(text);
  return match?.[1] === undefined ? {} : { text: match[1].replace(/^CURRENT_\w+$/, name => name.toLowerCase()) };
}

export interface ConstraintRow {
  readonly name: string;
  readonly type: string;
  readonly valid: boolean;
  readonly enforced: boolean;
  readonly deferrable: boolean;
  readonly noInherit: boolean;
  readonly local: boolean;
  readonly columns: readonly string[];
  readonly target: string | null;
  readonly targetColumns: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly definition: string | null;
}

const CONSTRAINT_TYPES: Readonly<Record<string, ConstraintType>> = bare({
  c: 'check',
  f: 'foreign-key',
  p: 'primary-key',
  u: 'unique',
  x: 'exclude',
  n: 'not-null',
});
const REACTIONS: Readonly<Record<string, Reaction>> = bare({
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
});

export function constraintOf(row: ConstraintRow): Constraint {
  const type = CONSTRAINT_TYPES[row.type];
  if (!type) throw new Error(`pg_constraint.contype ${row.type} is not known`);
  const [schema = '', ...name] = (row.target ?? '').split('.');
  const onDelete = REACTIONS[row.onDelete] ?? 'no action';
  const onUpdate = REACTIONS[row.onUpdate] ?? 'no action';
  return {
    name: row.name,
    type,
    columns: row.columns,
    valid: row.valid,
    enforced: row.enforced,
    deferrable: row.deferrable,
    noInherit: row.noInherit,
    usingIndex: null,
    references:
      row.target === null ? null : { schema, name: name.join('.'), columns: row.targetColumns, onDelete, onUpdate },
    provesNotNull: row.definition === null ? [] : provedNotNull(row.definition),
    named: true,
    ...((row.type === 'c' || row.type === 'f') && !row.local ? { inheritedOnly: true } : {}),
  };
}

/** Columns of `x IS NOT NULL`, alone or and-ed; with an OR, a NOT or a CASE about, none is claimed. */
function provedNotNull(definition: string): string[] {
  if (/\b(OR|CASE)\b|\bNOT \(/.test(definition)) return [];
  return [...definition.matchAll(/\((?:"((?:[^"]|"")+)"|([a-z_][a-z0-9_$]*)) IS NOT NULL\)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

export interface IndexRow {
  readonly name: string;
  readonly unique: boolean;
  readonly valid: boolean;
  readonly method: string;
  readonly partial: boolean;
  readonly constraint: string | null;
  readonly parent: string | null;
  readonly names: readonly string[];
  readonly columns: readonly (string | null)[];
  readonly reads: readonly (string | null)[];
}

export const indexOf = ({ name, unique, valid, method, partial, constraint, ...row }: IndexRow): Index => ({
  name,
  columns: row.columns,
  reads: row.reads.filter(column => column !== null),
  unique,
  method,
  partial,
  valid,
  constraint,
  ...(row.parent === null ? {} : { parent: row.parent }),
  ...(String(row.names) === String(row.columns) ? {} : { names: row.names }),
});

export interface TriggerRow {
  readonly name: string;
  readonly function: string;
  readonly bits: number;
  readonly constraint: boolean;
  readonly enabled: boolean;
  readonly reads: readonly string[];
}

/** pg_trigger.tgtype (catalog/pg_trigger.h). */
const EVENTS = [
  [4, 'insert'],
  [8, 'delete'],
  [16, 'update'],
  [32, 'truncate'],
] as const;

export const triggerOf = (row: TriggerRow): Trigger => ({
  name: row.name,
  function: row.function,
  constraint: row.constraint,
  enabled: row.enabled,
  row: (row.bits & 1) !== 0,
  events: EVENTS.filter(([bit]) => (row.bits & bit) !== 0).map(([, event]) => event),
  reads: row.reads,
});

/** `pg_get_expr` of relpartbound. */
export const boundOf = (text: string): Bound => ({
  kind: text.startsWith('DEFAULT')
    ? 'default'
    : text.includes(' FROM ')
      ? 'range'
      : text.includes(' IN ')
        ? 'list'
        : 'hash',
  conjuncts: [],
});
