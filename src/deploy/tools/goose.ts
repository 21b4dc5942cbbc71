import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, leadingDigits, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (520411a): the newest row of a version counts, and version 0 is no migration. */
export default defineTool({
  id: 'goose',
  ran: null,
  table: 'goose_db_version',
  columns: ['id', 'version_id', 'is_applied', 'tstamp'],
  renamed: [
    {
      file: /(^|\/)(\.env[\w.-]*|Makefile|Dockerfile|docker-compose[\w.-]*\.ya?ml|[\w.-]*\.sh)$/,
      table: /(?:GOOSE_TABLE["']?\s*[=:]\s*["']?|-table[ =])([\w.]+)/,
    },
  ],
  entries: rows =>
    byColumns({
      name: 'version_id',
      at: 'tstamp',
      mark: ({ version_id: version, is_applied: applied }) =>
        version === '0' ? 'none' : applied === 'true' ? 'applied' : 'rolled back',
    })([...rows].sort((a, b) => Number(a.id) - Number(b.id))),
  repeated: 'last',
  key: ({ id }) => numeric(leadingDigits(id)),
  reactions: REACTIONS.goose,
});
