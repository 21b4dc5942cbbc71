import { ancestorsOf, descendants, referencing, relationOf } from '../../catalog/edit.ts';
import { isVisible, type Change, type ChangeOf, type Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type Table, type Trigger } from '../../model/schema.ts';
import type { Reading } from '../reader.ts';
import { relationAt } from '../../catalog/resolve.ts';
import { asSideEffect, hasEffect, NOTHING, readBody, run } from './bodies.ts';

export type Verb = ChangeOf<'change-rows'>['verb'];

const EVENTS: Readonly<Record<Verb, readonly Trigger['events'][number][]>> = {
  insert: ['insert'],
  copy: ['insert'],
  update: ['update'],
  delete: ['delete'],
  merge: ['insert', 'update', 'delete'],
};

/** A relation whose rows a statement changes, directly or by what stands between. */
export interface Reached {
  readonly relation: Relation;
  readonly verb: Verb;
}

/** The relations whose rows change: partitions, what a view stands for, and what foreign keys take along. */
export function reached(relation: Relation, verb: Verb, catalog: Catalog): Reached[] {
  const byId = new Map<string, Reached>();
  const pending: Reached[] = [{ relation, verb }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const id = `${next.verb} ${keyOf(next.relation)}`;
    if (byId.has(id)) continue;
    byId.set(id, next);
    pending.push(...furtherTables(next, catalog));
  }
  return [...byId.values()];
}

function furtherTables({ relation, verb }: Reached, catalog: Catalog): Reached[] {
  const key = keyOf(relation);
  const table = catalog.relations.get(key);
  if (relation.kind === 'view') {
    const instead = table?.triggers.some(({ instead: is, events }) => is && events.some(e => EVENTS[verb].includes(e)));
    // UPDATE and DELETE of a view stand for changes of their own.
    if (instead || verb !== 'insert') return [];
    return (table?.reads ?? []).map(read => ({ relation: relationAt(read.relation, catalog), verb }));
  }
  const below = descendants(catalog, key).map(child => ({ relation: relationOf(child), verb }));
  // A row that moves to another partition is deleted and inserted.
  const moved: Verb[] = relation.kind === 'partitioned-table' && verb === 'update' ? ['delete', 'insert'] : [];
  return [...below, ...moved.map(other => ({ relation, verb: other })), ...reactions(relation, verb, catalog)];
}

function reactions(relation: Relation, verb: Verb, catalog: Catalog): Reached[] {
  if (verb === 'insert' || verb === 'copy') return [];
  const key = keyOf(relation);
  return referencing(catalog, key).flatMap(child =>
    child.constraints.flatMap(({ references }): Reached[] => {
      if (!references || keyOf(references) !== key) return [];
      const actions = [verb !== 'update' && references.onDelete, verb !== 'delete' && references.onUpdate];
      return actions.flatMap((reaction, nth): Reached[] =>
        reaction === 'cascade'
          ? [{ relation: relationOf(child), verb: nth === 0 ? 'delete' : 'update' }]
          : reaction === 'set null'
            ? [{ relation: relationOf(child), verb: 'update' }] // Its defaults are evaluated as for a new row.
            : reaction === 'set default'
              ? [{ relation: relationOf(child), verb: 'merge' }]
              : [],
      );
    }),
  );
}

/** What the triggers of a change of rows do: those whose functions the migrations define. */
export const fired = ({ relation, verb }: Reached, at: Reading): Change[] =>
  fire(relation, trigger => trigger.events.some(event => EVENTS[verb].includes(event)), verb, at);

/** TRUNCATE, of the tables that it takes along too. */
export function emptied({ relation, cascade }: ChangeOf<'truncate'>, at: Reading): Change[] {
  const { catalog } = at;
  const all = new Map<Key, Relation>();
  for (const pending = [relation]; pending.length > 0;) {
    const next = pending.pop();
    if (!next || all.has(keyOf(next))) continue;
    all.set(keyOf(next), next);
    const along = cascade ? referencing(catalog, keyOf(next)) : [];
    pending.push(...[...descendants(catalog, keyOf(next)), ...along].map(relationOf));
  }
  return [...all.values()].flatMap(table => fire(table, ({ events }) => events.includes('truncate'), 'truncate', at));
}

function fire(
  relation: Relation,
  isMeant: (trigger: Trigger) => boolean,
  verb: Verb | 'truncate',
  at: Reading,
): Change[] {
  const { catalog } = at;
  const own = catalog.relations.get(keyOf(relation));
  const above = ancestorsOf(catalog, keyOf(relation)).flatMap(key => catalog.relations.get(key)?.triggers ?? []);
  // A partition has copies of the row triggers above it.
  const triggers = [...(own?.triggers ?? []), ...above.filter(({ row }) => row)].filter(
    trigger => trigger.enabled && isMeant(trigger),
  );
  if (triggers.length === 0) return [];
  const condition = `only if a trigger of ${relation.name} fires`;
  const changes = triggers.flatMap(trigger => {
    const overloads = catalog.routines.get(trigger.function) ?? [];
    const routine = overloads.find(({ arguments: types }) => types.length === 0) ?? overloads[0];
    const whether = run([...(trigger.calls ?? []), ...(trigger.runs ?? [])], at, null);
    return [...whether, ...(routine ? readBody(routine, at, NOTHING, variables(trigger, relation, own, verb)) : [])];
  });
  const loud = changes.filter(change => isLoud(change, catalog));
  const quiet = changes.filter(change => !isLoud(change, catalog));
  return [
    ...(quiet.length > 0 ? [{ kind: 'fire-triggers' as const, relation, changes: quiet }] : []),
    ...loud.map((change): Change => ({ condition, ...asSideEffect(change) })),
  ];
}

const WRITTEN: Readonly<Partial<Record<Verb | 'truncate', string>>> = {
  insert: 'INSERT',
  copy: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  truncate: 'TRUNCATE',
};

/** TG_OP and its kin, as far as the statement tells. */
function variables(
  trigger: Trigger,
  relation: Relation,
  table: Table | undefined,
  verb: Verb | 'truncate',
): Map<string, string> {
  const bound = new Map([
    ['tg_name', trigger.name],
    ['tg_level', trigger.row ? 'ROW' : 'STATEMENT'],
    ['tg_nargs', String(trigger.given?.length ?? 0)],
  ]);
  const written = WRITTEN[verb];
  if (written !== undefined) bound.set('tg_op', written);
  // Of a partition, which is not known, or of the one that it is.
  if (!table?.partitioning) for (const name of ['tg_table_name', 'tg_relname']) bound.set(name, relation.name);
  bound.set('tg_table_schema', relation.schema);
  for (const [nth, value] of trigger.given?.entries() ?? []) bound.set(`tg_argv[${nth}]`, value);
  return bound;
}

/** Its locks are told with those of the triggers. */
const MILD: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'fire-triggers',
  'refresh',
  'analyze',
  'lock-relation',
]);

/** What loses rows or changes the schema, or is unknown: not what a trigger is for. */
function isLoud(change: Change, catalog: Catalog): boolean {
  if (change.kind !== 'change-rows') return hasEffect(change) && !MILD.has(change.kind);
  const { relation, verb, bounded, every } = change;
  const whole = ((verb === 'delete' || verb === 'update') && !bounded) || every !== undefined;
  return whole && [relation, ...descendants(catalog, keyOf(relation)).map(relationOf)].some(isVisible);
}
