import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { leadingDigits, numeric } from '../entries.ts';
import { defineTool, shellWord, type Entry, type FailedMigration } from '../tool.ts';

const force = ({ folder }: FailedMigration, version: string): string =>
  `migrate -path ${shellWord(folder)} -database "$DATABASE_URL" force ${version}`;

/**
 * From its source (database/postgres, 18966c75): one row, written anew before and after each migration. `dirty` is the
 * version that was being applied.
 */
export default defineTool({
  id: 'golang-migrate',
  ran: null,
  table: 'schema_migrations',
  columns: ['version', 'dirty'],
  foreign: ['inserted_at'],
  renamed: [
    {
      file: /(^|\/)(Makefile|Taskfile\.ya?ml|Dockerfile|docker-compose[\w.-]*\.ya?ml|[\w.-]*\.sh|package\.json)$/,
      table: /x-migrations-table=([\w.]+)/,
    },
  ],
  entries: rows =>
    rows.flatMap(({ version = null, dirty }): Entry[] =>
      version === null
        ? []
        : [
            {
              key: numeric(version),
              name: version,
              checksum: null,
              at: null,
              mark: dirty === 'true' ? 'failed' : 'applied',
            },
          ],
    ),
  recovery: {
    // -1 stands for a database without a version (database.NilVersion).
    undone: one => force(one, one.before === null ? '-1' : numeric(leadingDigits(one.before))),
    done: one => force(one, numeric(leadingDigits(one.id))),
  },
  key: ({ id }) => numeric(leadingDigits(id)),
  withoutChecksum: 'the table records only the newest version',
  compare: 'one-version',
  reactions: REACTIONS['golang-migrate'],
});
