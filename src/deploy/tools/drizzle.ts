import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { digest } from '../checksums.ts';
import { isoOf } from '../entries.ts';
import { defineTool, type Entry } from '../tool.ts';

/** Milliseconds since 1970 as the tool records them. */
const timeOf = (milliseconds: string | null | undefined): string | null => {
  const time = Number(milliseconds);
  return Number.isFinite(time) && time > 0 && time < 8.64e15 ? new Date(time).toISOString() : null;
};

/**
 * Measured with drizzle-orm 0.45.4: `migrate` reads the row with the greatest `created_at` and runs each entry of the
 * journal whose `when` is greater (dialect.ts). 1.0 has a column `name`, and compares names.
 */
export default defineTool({
  id: 'drizzle',
  ran: '0.45.4',
  schema: 'drizzle',
  table: '__drizzle_migrations',
  columns: ['id', 'hash', 'created_at'],
  optional: ['name', 'applied_at'],
  renamed: [
    {
      file: /(^|\/)drizzle[\w.-]*\.config\.[cm]?[jt]s$/,
      table: /migrations\s*:\s*\{[^}]*\btable\s*:\s*['"`]([^'"`]+)/,
      schema: /migrations\s*:\s*\{[^}]*\bschema\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  entries: rows =>
    rows.map(({ hash = null, created_at: created = null, name = null, applied_at: applied = null }): Entry => ({
      key: name ?? created ?? '',
      name: name ?? timeOf(created) ?? hash ?? '',
      checksum: hash,
      at: name === null ? null : isoOf(applied),
      mark: 'applied',
    })),
  key: ({ when, id }) => (when === null ? id : String(when)),
  checksum: digest('sha256'),
  compare: 'newest',
  reactions: REACTIONS.drizzle,
});
