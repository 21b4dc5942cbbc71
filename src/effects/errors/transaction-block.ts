import type { Change } from '../../model/effect.ts';

/**
 * Why a change may not run inside a transaction block (25001, PreventInTransactionBlock); null when it may. Measured 12–18.
 * What an older server does not have at all (since.ts) fails for that reason first.
 */
export function preventsTransactionBlock(change: Change, pg: number): string | null {
  const say = (what: string): string => `${what} cannot run inside a transaction block`;
  switch (change.kind) {
    case 'create-index':
      return change.concurrently ? say('CREATE INDEX CONCURRENTLY') : null;
    case 'drop-index':
      return change.concurrently ? say('DROP INDEX CONCURRENTLY') : null;
    case 'reindex':
      if (change.concurrently) return say('REINDEX CONCURRENTLY');
      return change.relation.kind === 'partitioned-table' && pg >= 14 ? say('REINDEX of a partitioned table') : null;
    case 'reindex-many':
      return say(`REINDEX ${change.target.toUpperCase()}`);
    case 'detach-partition':
      return change.concurrently ? say('ALTER TABLE … DETACH CONCURRENTLY') : null;
    case 'vacuum':
      return say('VACUUM');
    case 'cluster':
      return change.relation.kind === 'partitioned-table' ? say('CLUSTER') : null;
    case 'maintain-database':
      return change.what === 'analyze' ? null : say(change.what === 'cluster' ? 'CLUSTER' : 'VACUUM');
    case 'drop-database':
      return say('DROP DATABASE');
    case 'discard':
      return change.what === 'all' ? say('DISCARD ALL') : null;
    case 'transaction':
      return change.within ? 'a function body cannot end the transaction that it runs in' : null;
    case 'inert':
      return change.alone ? say(change.statement) : null;
    default:
      return null;
  }
}
