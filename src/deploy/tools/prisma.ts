import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { digest } from '../checksums.ts';
import { byColumns } from '../entries.ts';
import { defineTool, shellWord } from '../tool.ts';

/** Measured with Prisma 6.19.3; `script_matches_checksum` of prisma-engines tries line ends, `migrate deploy` compares nothing. */
export default defineTool({
  id: 'prisma',
  ran: '6.19.3',
  table: '_prisma_migrations',
  columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at', 'started_at', 'applied_steps_count'],
  // A driver adapter splits the file on each semicolon (adapter-pg 6.19.3, `executeScript`).
  piecewise: [{ file: /(^|\/)prisma\.config\.[cm]?[jt]s$/, pattern: /\bengine\s*:\s*['"`]js['"`]/ }],
  entries: byColumns({
    name: 'migration_name',
    checksum: 'checksum',
    at: 'finished_at',
    mark: ({ finished_at: finished, rolled_back_at: back }) =>
      back === null ? (finished === null ? 'failed' : 'applied') : 'rolled back',
  }),
  advisoryLock: '72707369',
  recovery: {
    undone: ({ id }) => `npx prisma migrate resolve --rolled-back ${shellWord(id)}`,
    done: ({ id }) => `npx prisma migrate resolve --applied ${shellWord(id)}`,
  },
  key: ({ id }) => id,
  checksum: digest('sha256'),
  reactions: REACTIONS.prisma,
});
