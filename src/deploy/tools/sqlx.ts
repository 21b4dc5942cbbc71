import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { digest } from '../checksums.ts';
import { byColumns, leadingDigits, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (9d6bf662): what is missing or has failed is looked for first, then each file is compared in order. */
export default defineTool({
  id: 'sqlx',
  ran: null,
  table: '_sqlx_migrations',
  columns: ['version', 'description', 'installed_on', 'success', 'checksum', 'execution_time'],
  entries: byColumns({
    name: 'version',
    checksum: 'checksum',
    at: 'installed_on',
    mark: ({ success }) => (success === 'true' ? 'applied' : 'failed'),
  }),
  // It has no command: its documentation names the row.
  recovery: {
    undone: ({ id }) => `delete from _sqlx_migrations where version = ${numeric(leadingDigits(id))} and not success`,
    done: ({ id }) => `update _sqlx_migrations set success = true where version = ${numeric(leadingDigits(id))}`,
  },
  key: ({ id }) => numeric(leadingDigits(id)),
  // A column of bytes, as Postgres writes it with `bytea_output` hex.
  checksum: digest('sha384', '\\x'),
  reactions: REACTIONS.sqlx,
});
