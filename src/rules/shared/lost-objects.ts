import { isVisible, type Relation } from '../../model/effect.ts';
import {
  keyOf,
  signature,
  type Column,
  type Key,
  type RelationKind,
  type Routine,
  type Table,
} from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';
import { keyName, quote, quoteRelation } from './quote.ts';

/** What goes with a dropped object, as the server's notice names it: "column total of table orders". */
export interface LostObject {
  readonly name: string;
  /** Rows or their values go with it. */
  readonly data: boolean;
  /** The schema that it is in, or its table. */
  readonly schema: string;
}

const KINDS: Readonly<Record<RelationKind, string>> = {
  table: 'table',
  'partitioned-table': 'table',
  'foreign-table': 'foreign table',
  index: 'index',
  view: 'view',
  'materialized-view': 'materialized view',
  sequence: 'sequence',
  'composite-type': 'composite type',
};
/** Kinds of relations that store rows of their own, themselves or in partitions. */
export const TABLES: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table']);

/**
 * What a statement with CASCADE has dropped beside what it names: the objects that are not in the schema after it. What
 * belongs to another object that is dropped (an index of a table, the constraints of a column, an owned sequence, a
 * partition) is no object of its own, as in the server's notice (reportDependentObjects, dependency.c).
 */
export function lostWith({ before, after }: Step, named: ReadonlySet<string>): LostObject[] {
  const lost: LostObject[] = [];
  for (const key of after.relations.writtenSince(before.relations)) {
    const table = before.relations.get(key);
    if (!table) continue;
    const now = after.relations.get(key);
    if (now) lost.push(...partsLost(table, now));
    else if (!belongs(table, key, after.relations, named))
      lost.push({ name: ofKind(table), data: TABLES.has(table.kind) && isVisible(table), schema: table.schema });
  }
  for (const key of after.types.writtenSince(before.types)) {
    const [type, now] = [before.types.get(key), after.types.get(key)];
    if (type && !now) lost.push({ name: `type ${keyName(key)}`, data: false, schema: type.schema });
    const left = new Set(now?.attributes?.map(({ name }) => name));
    for (const { name } of (now?.attributes && type?.attributes) ?? [])
      if (!left.has(name))
        lost.push({
          name: `column ${quote(name)} of composite type ${keyName(key)}`,
          data: true,
          schema: now?.schema ?? '',
        });
  }
  for (const key of after.routines.writtenSince(before.routines)) {
    const now = after.routines.get(key) ?? [];
    for (const routine of before.routines.get(key) ?? [])
      if (!now.includes(routine))
        lost.push({ name: `${routine.kind} ${signed(key, routine)}`, data: false, schema: routine.schema });
  }
  return lost
    .filter(({ name }) => !named.has(name))
    .sort((a, b) => Number(b.data) - Number(a.data) || (a.name < b.name ? -1 : 1));
}

/** What the drops of a statement name, by key or as a lost object is named. */
export function namedBy({ before, changes }: Step): ReadonlySet<string> {
  const tableOf = (relation: Relation): string => `${KINDS[relation.kind]} ${quoteRelation(relation)}`;
  return new Set(
    changes.flatMap(change => {
      switch (change.kind) {
        case 'drop-relation':
        case 'rename-relation':
        case 'move-relation':
          return keyOf(change.relation);
        case 'drop-column':
          return `column ${quote(change.column)} of ${tableOf(change.relation)}`;
        case 'drop-constraint':
          return `constraint ${quote(change.constraint)} on ${tableOf(change.relation)}`;
        case 'drop-index':
          return `index ${quote(change.index)}`;
        case 'drop-trigger':
          return `trigger ${quote(change.trigger)} on ${tableOf(change.relation)}`;
        case 'drop-type':
        case 'rename-type':
        case 'move-type':
          return `type ${keyName(change.key)}`;
        case 'drop-routine':
          return (before.routines.get(change.key) ?? [])
            .filter(
              ({ arguments: taken }) => change.arguments === null || signature(taken) === signature(change.arguments),
            )
            .map(routine => `${routine.kind} ${signed(change.key, routine)}`);
        default:
          return [];
      }
    }),
  );
}

const signed = (key: Key, routine: Routine): string =>
  `${keyName(key)}(${routine.arguments.map(type => `${type.name}${type.array ? '[]' : ''}`).join(', ')})`;

const ofKind = (table: Table): string => `${KINDS[table.kind]} ${quoteRelation(table)}`;

/** A sequence of a column, or a partition: it goes with what it belongs to. */
const belongs = (
  { ownedBy, partitionOf }: Table,
  key: Key,
  relations: Step['after']['relations'],
  named: ReadonlySet<string>,
): boolean => named.has(key) || ownedBy !== null || (partitionOf !== null && !relations.has(partitionOf.parent));

const isNew = ({ age }: Column): boolean => age !== undefined;

function partsLost(table: Table, now: Table): LostObject[] {
  const of = `${KINDS[table.kind]} ${quoteRelation(table)}`;
  const lost: LostObject[] = [];
  const put = (what: string, data = false): void =>
    void lost.push({ name: `${what} ${of}`, data, schema: table.schema });
  const columns = new Map(now.columns.map(column => [column.name, column]));
  const gone = new Set<string>();
  for (const column of table.columns) {
    const left = columns.get(column.name);
    if (!left) gone.add(column.name);
    if (!left) put(`column ${quote(column.name)} of`, isVisible(table) && !isNew(column) && column.generated === null);
    if (left && column.default && !left.default) put(`default value for column ${quote(column.name)} of`);
  }
  const went = <P extends { readonly name: string }>(
    parts: readonly P[],
    left: readonly { readonly name: string }[],
    reads: (part: P) => readonly (string | null)[],
  ): string[] => {
    const names = new Set(left.map(({ name }) => name));
    return parts.flatMap(part =>
      names.has(part.name) || reads(part).some(column => column !== null && gone.has(column)) ? [] : quote(part.name),
    );
  };
  for (const name of went(
    table.constraints.filter(({ inheritedOnly, type }) => !inheritedOnly && type !== 'not-null'),
    now.constraints,
    ({ columns: own }) => own,
  ))
    put(`constraint ${name} on`);
  for (const name of went(
    table.indexes.filter(({ constraint, parent }) => constraint === null && parent === undefined),
    now.indexes,
    ({ columns: own, reads }) => [...own, ...reads],
  ))
    lost.push({ name: `index ${name}`, data: false, schema: table.schema });
  for (const name of went(table.triggers, now.triggers, ({ reads }) => reads)) put(`trigger ${name} on`);
  for (const name of went(table.policies, now.policies, () => [])) put(`policy ${name} on`);
  return lost;
}
