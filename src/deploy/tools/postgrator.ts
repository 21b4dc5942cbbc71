import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { digest } from '../checksums.ts';
import { byColumns, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with postgrator 8.0.0: row 0 is no migration; what is not newer than the newest version never runs. */
export default defineTool({
  id: 'postgrator',
  ran: '8.0.0',
  table: 'schemaversion',
  columns: ['version', 'name', 'md5', 'run_at'],
  renamed: [
    {
      file: /(^|\/)(\.?postgrator[\w.-]*|[\w.-]*migrat[\w.-]*\.[cm]?[jt]s)$/,
      table: /\bschemaTable["']?\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  entries: byColumns({
    name: 'version',
    keyed: numeric,
    checksum: 'md5',
    at: 'run_at',
    mark: ({ version }) => (version === '0' ? 'none' : 'applied'),
  }),
  key: ({ id }) => numeric(id),
  checksum: digest('md5'),
  compare: 'newest',
  reactions: REACTIONS.postgrator,
});
