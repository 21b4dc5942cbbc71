import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { digest } from '../checksums.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with Sqitch 1.3.1. */
export default defineTool({
  id: 'sqitch',
  ran: '1.3.1',
  schema: 'sqitch',
  table: 'changes',
  columns: ['change_id', 'script_hash', 'change', 'project', 'committed_at', 'planned_at'],
  renamed: [{ file: /(^|\/)sqitch\.conf$/, schema: /^\s*registry\s*=\s*(\S+)/m }],
  entries: rows =>
    byColumns({ name: 'change', checksum: 'script_hash', at: 'committed_at' })(
      [...rows].sort((a, b) => ((a.committed_at ?? '') < (b.committed_at ?? '') ? -1 : 1)),
    ),
  // `fail` is written where the script fails; what it has committed stays.
  failures: {
    table: 'events',
    columns: ['event', 'change_id', 'change', 'committed_at'],
    entries: rows => {
      const last = new Map(
        [...rows]
          .sort((a, b) => ((a.committed_at ?? '') < (b.committed_at ?? '') ? -1 : 1))
          .map(row => [row.change ?? '', row] as const),
      );
      return byColumns({ name: 'change', at: 'committed_at', mark: () => 'half-applied' })(
        [...last.values()].filter(({ event }) => event === 'fail'),
      );
    },
  },
  key: ({ id }) => id,
  checksum: digest('sha1'),
  reactions: REACTIONS.sqitch,
});
