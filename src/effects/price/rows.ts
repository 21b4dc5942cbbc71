import { referencing, relationOf } from '../../catalog/edit.ts';
import { keyOf, type Read } from '../../model/schema.ts';
import { lock, lose, may, scan, type Part, type Prices, type Pricing } from '../price-list.ts';
import { relationAt } from '../resolve.ts';
import { known, target, withRows } from './second-tables.ts';

const PLANNED = 'the plan may use an index';

export const readLocks = (reads: readonly Read[], { catalog }: Pricing): Part[] =>
  reads.map(read => lock(relationAt(read.relation, catalog), 'ACCESS SHARE'));

export const rows: Pick<Prices, 'change-rows' | 'read-rows'> = {
  'change-rows': ({ relation, verb, bounded, columns, reads }, at) => {
    const { catalog } = at;
    const constraints = known(relation, catalog)?.constraints ?? [];
    const checked = verb === 'insert' || verb === 'copy' || verb === 'merge' || verb === 'update';
    const parents = constraints.flatMap(c => {
      const other = target(c, catalog);
      return other && checked && (verb !== 'update' || c.columns.some(name => columns.includes(name))) ? [other] : [];
    });
    // Deleting a row looks for rows that refer to it.
    const children =
      verb === 'delete' ? referencing(catalog, keyOf(relation)).filter(table => keyOf(table) !== keyOf(relation)) : [];
    const whole = verb === 'update' || verb === 'delete';
    return [
      lock(relation, 'ROW EXCLUSIVE'),
      ...readLocks(reads, at),
      ...may(
        parents.map(parent => lock(parent, 'ROW SHARE')),
        'only rows with a value in the foreign key are checked',
      ),
      ...may(
        children.map(child => lock(relationOf(child), 'ROW SHARE')),
        'only when a row is deleted',
      ),
      ...(whole
        ? withRows(relation, catalog).flatMap(member => (bounded ? may([scan(member)], PLANNED) : [scan(member)]))
        : []),
      { kind: 'touch-rows', relation, verb, all: !bounded },
      ...(verb === 'delete' && !bounded ? [lose(relation, 'rows')] : []),
    ];
  },
  'read-rows': ({ reads, locking }, { catalog }) =>
    reads.flatMap(read => {
      const relation = relationAt(read.relation, catalog);
      return [lock(relation, locking ? 'ROW SHARE' : 'ACCESS SHARE')];
    }),
};
