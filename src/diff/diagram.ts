import { keyOf, type Catalog, type Column, type Key, type Table } from '../model/schema.ts';
import type { Diagram, Entity, EntityColumn, Reference, Touch } from '../model/schema-diff.ts';
import { display, typeText } from './wording.ts';

/** What a reader takes in, and GitHub draws without giving up. */
const MOST_TABLES = 12;
const MOST_COLUMNS = 16;

const TABLES: ReadonlySet<Table['kind']> = new Set(['table', 'partitioned-table', 'foreign-table']);

interface Drawn {
  readonly table: Table;
  /** As it was; undefined when it is new. */
  readonly before: Table | undefined;
  readonly touch: Touch | null;
}

/** The tables whose columns or keys differ, with those they are linked to by foreign keys; null when there are none. */
export function diagramOf(before: Catalog, after: Catalog): Diagram | null {
  const touched = touchedTables(before, after);
  if (touched.length === 0) return null;
  const own = new Set(touched.map(({ table }) => keyOf(table)));
  const linked = new Set(touched.flatMap(({ table }) => references(table)));
  const neighbours = tablesOf(after).filter(
    table => !own.has(keyOf(table)) && (linked.has(keyOf(table)) || references(table).some(key => own.has(key))),
  );
  const all: Drawn[] = [...touched, ...neighbours.map(table => ({ table, before: table, touch: null }))];
  const drawn = all.slice(0, MOST_TABLES);
  return {
    entities: drawn.map(entity),
    references: drawn.flatMap(({ table }, from) => referencesAmong(table, from, drawn)),
    omitted: all.length - drawn.length,
  };
}

const tablesOf = (catalog: Catalog): Table[] => catalog.relations.values().filter(({ kind }) => TABLES.has(kind));

const references = (table: Table): Key[] =>
  table.constraints.flatMap(({ references: target }) => (target ? keyOf(target) : []));

function touchedTables(before: Catalog, after: Catalog): Drawn[] {
  const drawn: Drawn[] = [];
  for (const table of tablesOf(after)) {
    const old = before.relations.get(keyOf(table));
    if (old === table || table.persistence === 'temporary') continue;
    if (!old && table.complete) drawn.push({ table, before: undefined, touch: 'added' });
    else if (drawing(old) !== drawing(table)) drawn.push({ table, before: old, touch: 'changed' });
  }
  for (const table of tablesOf(before))
    if (!after.relations.has(keyOf(table))) drawn.push({ table, before: table, touch: 'removed' });
  return drawn;
}

/** What the diagram would show of a table; of one that was never seen, as much as of one without columns. */
const drawing = (table: Table | undefined): string =>
  JSON.stringify([
    table?.columns.map(column => [columnOf(column, table, null), column.notNull]) ?? [],
    table?.constraints.flatMap(({ columns, references: to }) => (to ? [[columns, keyOf(to)]] : [])) ?? [],
  ]);

function entity({ table, before, touch }: Drawn): Entity {
  const old = new Map(before?.columns.map(column => [column.name, column]));
  const currentNames = new Set(table.columns.map(({ name }) => name));
  const columns = [
    ...table.columns.map(column => columnOf(column, table, touch === 'changed' ? touchOf(column, old) : null)),
    ...(before?.columns ?? [])
      .filter(({ name }) => !currentNames.has(name))
      .map(column => columnOf(column, table, 'removed')),
  ];
  const relevant = columns.filter(({ keys, touch: changed }) => touch !== null || keys.length > 0 || changed !== null);
  const first = [...relevant].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_COLUMNS);
  const shownColumns = relevant.filter(column => first.includes(column));
  return { name: display(table), touch, columns: shownColumns, omitted: columns.length - shownColumns.length };
}

/** Changes first, then keys. */
const rank = ({ keys, touch }: EntityColumn): number => (touch !== null ? 0 : keys.length > 0 ? 1 : 2);

function touchOf(column: Column, old: ReadonlyMap<string, Column>): Touch | null {
  const before = old.get(column.name);
  if (!before) return 'added';
  return typeText(before.type) === typeText(column.type) && before.notNull === column.notNull ? null : 'changed';
}

const KEYS = { 'primary-key': 'primary', 'foreign-key': 'foreign', unique: 'unique' } as const;

function columnOf({ name, type }: Column, table: Table, touch: Touch | null): EntityColumn {
  const keys = table.constraints.flatMap(constraint => {
    const key = constraint.type in KEYS ? KEYS[constraint.type as keyof typeof KEYS] : null;
    return key !== null && constraint.columns.includes(name) ? [key] : [];
  });
  return { name, type: typeText(type), keys: [...new Set(keys)], touch };
}

function referencesAmong(table: Table, from: number, drawn: readonly Drawn[]): Reference[] {
  return table.constraints.flatMap((constraint): Reference[] => {
    const { references: target, columns } = constraint;
    const to = target ? drawn.findIndex(other => keyOf(other.table) === keyOf(target)) : -1;
    if (to < 0) return [];
    const own = table.columns.filter(({ name }) => columns.includes(name));
    return [{ from, to, columns, single: isUnique(table, columns), optional: own.some(({ notNull }) => !notNull) }];
  });
}

/** Some key or unique index is on no other columns than these. */
const isUnique = (table: Table, columns: readonly string[]): boolean =>
  [
    ...table.constraints.filter(({ type }) => type === 'primary-key' || type === 'unique'),
    ...table.indexes.filter(({ unique, partial }) => unique && !partial),
  ].some(key => key.columns.length > 0 && key.columns.every(name => name !== null && columns.includes(name)));
