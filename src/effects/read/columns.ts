import type { Change, Relation } from '../../model/effect.ts';
import { keyOf, type Column, type Constraint, type Default, type Key, type Table } from '../../model/schema.ts';
import { descendants, relationOf, unknownRelation } from '../../catalog/edit.ts';
import {
  all,
  as,
  columnsIn,
  isNullConstant,
  isSerial,
  spelled,
  strings,
  typeRef,
  walk,
  type Pg,
  type Tree,
} from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { resolveType } from '../../catalog/resolve.ts';
import { functionCalls } from './function-dependencies.ts';
import { ON_SEQUENCES, sequenceNamed } from './sequence-named.ts';
import { isMutableFor } from '../mutable-overloads.ts';
import { isMutable, volatility } from '../volatility.ts';
import { constraintOf, relationExists, type Host } from './constraints.ts';
import { chooseName } from '../../model/object-names.ts';

export interface ReadColumn {
  readonly column: Column;
  readonly constraints: readonly Constraint[];
  /** The sequence behind serial and identity. */
  readonly sequence: Table | null;
}

export function columnOf(def: Pg.ColumnDef, host: Host, at: Reading): ReadColumn {
  const nodes = all(def.constraints, 'Constraint');
  const has = (type: Pg.ConstrType): Pg.Constraint | undefined => nodes.find(node => node.contype === type);
  const name = def.colname ?? '';
  const type = resolveType(typeRef(def.typeName), at.catalog);
  const serial = isSerial(def.typeName);
  const generated = has('CONSTR_GENERATED');
  const identity = has('CONSTR_IDENTITY');
  const sequence = serial || identity ? sequenceFor(host, name, at, identity ?? 'serial') : null;
  const written = has('CONSTR_DEFAULT')?.raw_expr;
  const column: Column = {
    name,
    type,
    notNull: serial || [has('CONSTR_NOTNULL'), has('CONSTR_PRIMARY'), identity].some(Boolean),
    ...(has('CONSTR_NOTNULL')?.conname === undefined ? {} : { notNullNamed: true as const }),
    default: serial
      ? { volatility: 'volatile', isNull: false, ...(sequence ? { sequence: keyOf(sequence) } : {}) }
      : defaultOf(written, at),
    generated: generated ? (generated.generated_kind === 'v' ? 'virtual' : 'stored') : null,
    ...(generated ? generatedBy(generated.raw_expr, at, host.table?.columns) : {}),
    identity: identity ? (identity.generated_when === 'a' ? 'always' : 'by default') : null,
    collation: strings(def.collClause?.collname).at(-1) ?? null,
    ...(serial ? { serial } : {}),
  };
  const constraints = withAttributes(nodes).flatMap(node =>
    node.contype === 'CONSTR_NOTNULL' ? [] : (constraintOf(node, host, at.catalog, name) ?? []),
  );
  return { column, constraints, sequence };
}

/** NOT ENFORCED and DEFERRABLE follow the constraint that they are about as nodes of their own. */
function withAttributes(nodes: readonly Pg.Constraint[]): Pg.Constraint[] {
  const constraints: Pg.Constraint[] = [];
  for (const node of nodes) {
    const last = constraints.at(-1);
    if (node.contype === 'CONSTR_ATTR_NOT_ENFORCED' && last)
      constraints.splice(-1, 1, { ...last, is_enforced: false, skip_validation: true });
    else if (node.contype === 'CONSTR_ATTR_DEFERRABLE' && last)
      constraints.splice(-1, 1, { ...last, deferrable: true });
    else if (node.contype === 'CONSTR_ATTR_DEFERRED' && last)
      constraints.splice(-1, 1, { ...last, deferrable: true, initdeferred: true });
    else constraints.push(node);
  }
  return constraints;
}

/** An owned sequence is named for its table and column (generateSerialExtraStmts); since 15 it is as unlogged as its table. */
export function sequenceFor(
  host: Host,
  column: string,
  { catalog, pg }: Reading,
  source: Pg.Constraint | 'identity' | 'serial',
): Table {
  const isTaken = (name: string): boolean =>
    host.usedNames.has(name) || (!host.dropped.has(name) && relationExists(name, host.schema, catalog));
  const name =
    (typeof source === 'string' ? undefined : sequenceName(source)) ?? chooseName(host.name, [column], 'seq', isTaken);
  host.usedNames.add(name);
  const relation: Relation = { schema: host.schema, name, kind: 'sequence', age: 'this-transaction' };
  const persistence = host.persistence === 'unlogged' && pg < 15 ? 'permanent' : host.persistence;
  const ownedBy = { table: keyOf(host), column, ...(source === 'serial' ? {} : { identity: true as const }) };
  return { ...unknownRelation(relation), persistence, complete: true, ownedBy };
}

/** GENERATED … AS IDENTITY (SEQUENCE NAME …), as pg_dump and Drizzle write it. */
function sequenceName(identity: Pg.Constraint | undefined): string | undefined {
  const option = all(identity?.options, 'DefElem').find(({ defname }) => defname === 'sequence_name');
  return strings(as(option?.arg, 'List')?.items).at(-1);
}

/** What a generated column is made of. */
export const generatedBy = (
  expression: Tree | undefined,
  { catalog, pg }: Reading,
  columns: readonly Column[] = [],
): Pick<Column, 'generatedFrom' | 'calls' | 'mutable'> => ({
  generatedFrom: columnsIn(expression),
  ...(isMutable(expression, catalog) || isMutableFor(expression, { columns, pg }) ? { mutable: true } : {}),
  ...functionCalls(expression, catalog),
});

export function defaultOf(expression: Tree | undefined, { catalog }: Reading): Default | null {
  if (!expression) return null;
  const sequence = sequenceIn(expression, catalog);
  const through = typesIn(expression, catalog);
  const text = spelled(expression);
  return {
    volatility: volatility(expression, catalog),
    isNull: isNullConstant(expression),
    ...(text === null ? {} : { text }),
    ...(sequence === null ? {} : { sequence }),
    ...(through.length === 0 ? {} : { through }),
    ...functionCalls(expression, catalog),
  };
}

/** The types that casts name, as far as migrations have made them. */
function typesIn(expression: Tree, catalog: Reading['catalog']): Key[] {
  const types = new Set<Key>();
  walk(expression, (tag, body) => {
    if (tag === 'TypeCast') types.add(keyOf(resolveType(typeRef((body as Pg.TypeCast).typeName), catalog)));
    return true;
  });
  return [...types].filter(key => catalog.types.has(key));
}

function sequenceIn(expression: Tree, catalog: Reading['catalog']): string | null {
  let sequence: string | null = null;
  walk(expression, (tag, body) => {
    if (tag !== 'FuncCall') return true;
    const { funcname, args } = body as Pg.FuncCall;
    if (ON_SEQUENCES.has(strings(funcname).at(-1) ?? '')) sequence ??= sequenceNamed(args?.[0], catalog);
    return true;
  });
  return sequence;
}

/** ADD COLUMN and all that is written on it, in the order in which Postgres does it. */
export function addColumn(def: Pg.ColumnDef, relation: Relation, host: Host, only: boolean, at: Reading): Change[] {
  const { column, constraints, sequence } = columnOf(def, host, at);
  return [
    ...(sequence
      ? [
          {
            kind: 'create-sequence' as const,
            relation: { schema: sequence.schema, name: sequence.name, kind: sequence.kind, age: sequence.age },
            sequence,
          },
        ]
      : []),
    { kind: 'add-column', relation, column, only },
    ...(only ? [] : notNullBelow(column, relation, at)),
    ...constraints.map(constraint => ({ kind: 'add-constraint' as const, relation, constraint, inline: true })),
  ];
}

/** Since 18 a NOT NULL reaches the column that a child had before its parent, and that is merged (transformColumnDefinition). */
const notNullBelow = ({ name, notNull }: Column, relation: Relation, { catalog, pg }: Reading): Change[] =>
  notNull && pg >= 18
    ? descendants(catalog, keyOf(relation))
        .filter(({ columns }) => columns.some(own => own.name === name && !own.notNull))
        .map(child => ({
          kind: 'set-not-null',
          relation: relationOf(child),
          column: name,
          only: true,
          inherited: true,
        }))
    : [];
