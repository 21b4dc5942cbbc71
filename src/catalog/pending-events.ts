import { keyOf, type Catalog, type Key, type Table } from '../model/schema.ts';
import type { ChangeOf } from '../model/effect.ts';
import { descendants, editKey, referencing } from './edit.ts';

type Rows = ChangeOf<'change-rows'>;

const changes = (columns: readonly string[], { columns: changed, verb }: Rows): boolean =>
  verb !== 'update' || columns.some(column => changed.includes(column));

/** Does a deferred trigger, or the trigger behind a deferred foreign key, wait for the change (AfterTriggerSaveEvent)? */
function waits(table: Table, change: Rows, catalog: Catalog): boolean {
  const { verb } = change;
  const isEvent = (events: readonly string[]): boolean =>
    events.includes(verb === 'copy' ? 'insert' : verb) || verb === 'merge';
  const fires = table.triggers.some(({ deferred, enabled, events }) => deferred && enabled && isEvent(events));
  const refers =
    verb !== 'delete' &&
    table.constraints.some(
      ({ type, deferred, enforced, columns }) =>
        type === 'foreign-key' && deferred && enforced && changes(columns, change),
    );
  const referred =
    (verb === 'delete' || verb === 'update' || verb === 'merge') &&
    referencing(catalog, keyOf(table)).some(({ constraints }) =>
      constraints.some(({ references, deferred, enforced }) => {
        if (!references || !deferred || !enforced || keyOf(references) !== keyOf(table)) return false;
        const action = verb === 'delete' ? references.onDelete : references.onUpdate;
        return action === 'no action' && changes(references.columns, change);
      }),
    );
  return fires || refers || referred;
}

/** Rows of the table have changed: events are pending until the transaction ends. */
export function pendingAfter(catalog: Catalog, change: Rows): Catalog {
  const table = catalog.relations.get(keyOf(change.relation));
  if (!table) return catalog;
  return [table, ...(change.only ? [] : descendants(catalog, keyOf(table)))]
    .filter(member => !member.pending && waits(member, change, catalog))
    .reduce((next, member) => editKey(next, keyOf(member), current => ({ ...current, pending: true })), catalog);
}

const clear = (catalog: Catalog, key: Key): Catalog => editKey(catalog, key, ({ pending: _, ...table }) => table);

/** The transaction is over, and its events have fired. */
export const withoutPending = (catalog: Catalog, keys: Iterable<Key>): Catalog =>
  [...keys].filter(key => catalog.relations.get(key)?.pending).reduce(clear, catalog);

/** SET CONSTRAINTS … IMMEDIATE fires what is pending (AfterTriggerSetState). */
export const checkedDeferred = (catalog: Catalog, names: readonly string[] | null): Catalog =>
  withoutPending(
    catalog,
    catalog.relations
      .values()
      .filter(
        ({ pending, constraints, triggers }) =>
          pending && (names === null || [...constraints, ...triggers].some(({ name }) => names.includes(name))),
      )
      .map(keyOf),
  );
