import type { Change } from '../../model/effect.ts';

interface Missing {
  readonly sqlstate: '42601' | '0A000';
  readonly message: string;
}

/** Why a server of this major cannot run a change at all; null when it can. Measured on 13 to 18. */
export function missing(change: Change, pg: number): Missing | null {
  const syntax = (since: number, what: string): Missing | null =>
    pg < since ? { sqlstate: '42601', message: `${what} requires Postgres ${since}` } : null;
  const lacks = (since: number, what: string): Missing | null =>
    pg < since ? { sqlstate: '0A000', message: `${what} requires Postgres ${since}` } : null;
  switch (change.kind) {
    case 'add-column':
      return change.column.generated === 'virtual' ? syntax(18, 'a VIRTUAL generated column') : null;
    case 'set-expression':
      return change.to === null ? null : syntax(17, 'SET EXPRESSION');
    case 'set-column-storage':
      return change.what === 'compression' ? syntax(14, 'SET COMPRESSION') : null;
    case 'set-access-method':
      return syntax(15, 'SET ACCESS METHOD');
    case 'add-constraint':
      if (!change.constraint.enforced) return syntax(18, 'NOT ENFORCED');
      return change.constraint.type === 'not-null' && !change.inline ? syntax(18, 'ADD CONSTRAINT … NOT NULL') : null;
    case 'alter-constraint':
      return change.enforced === null ? null : syntax(18, 'ALTER CONSTRAINT … ENFORCED');
    case 'detach-partition':
      return change.concurrently || change.finalize ? syntax(14, 'DETACH PARTITION … CONCURRENTLY') : null;
    case 'create-trigger':
      return change.replaces ? syntax(14, 'CREATE OR REPLACE TRIGGER') : null;
    case 'create-routine':
      return change.parsed ? syntax(14, 'a function whose body is RETURN or BEGIN ATOMIC') : null;
    case 'change-rows':
      return change.verb === 'merge' ? syntax(15, 'MERGE') : null;
    case 'cluster':
      return change.relation.kind === 'partitioned-table' ? lacks(15, 'CLUSTER of a partitioned table') : null;
    case 'reindex':
      return change.relation.kind === 'partitioned-table' && change.index !== null
        ? lacks(14, 'REINDEX of a partitioned index')
        : null;
    case 'drop-index':
      return change.concurrently && change.relation.kind === 'partitioned-table'
        ? { sqlstate: '0A000', message: `the partitioned index ${change.index} cannot be dropped concurrently` }
        : null;
    default:
      return null;
  }
}
