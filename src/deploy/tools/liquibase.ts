import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { createHash } from 'node:crypto';
import { defineTool, type Checksum, type Mark, type RawRow } from '../tool.ts';

/** `exectype`: EXECUTED, RERAN, MARK_RAN, SKIPPED, FAILED (ChangeSet.ExecType). */
const markOf = ({ exectype }: RawRow): Mark => (exectype === 'FAILED' ? 'failed' : 'applied');

const CHANGESET = /^\s*--\s*changeset\s+("[^"]+"|[^:\s]+):\s*("[^"]+"|\S+)/i;
/** Lines of a changeset that are no SQL, and count for nothing. */
const DIRECTIVE = /^\s*--\s*(rollback|comment:?|preconditions?|precondition-[\w-]+|validCheckSum:?)(\s|$)/i;
/** What changes the text before it is hashed, or is not one line: Liquibase alone knows what comes out. */
const UNKNOWN =
  /^\s*--\s*(property|ignoreLines|liquibase\s+rollback)|\/\*\s*liquibase\s+rollback|\$\{|\bstripComments\s*:|\bendDelimiter\s*:/im;

/** The text of a changeset; null where it is unknown from the file. */
function textOf(bytes: Uint8Array, id: string): string | null {
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/);
  const isOwn = (line: string): boolean => {
    const [, author = '', name = ''] = CHANGESET.exec(line) ?? [];
    return `${author}:${name}`.replaceAll('"', '') === id;
  };
  const start = lines.findIndex(isOwn);
  if (start < 0) return null;
  const length = lines.slice(start + 1).findIndex(line => CHANGESET.test(line));
  const own = lines.slice(start, length < 0 ? undefined : start + 1 + length);
  return UNKNOWN.test(own.join('\n'))
    ? null
    : own
        .slice(1)
        .filter(line => !DIRECTIVE.test(line))
        .join('\n');
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Version 9 (Liquibase 4.22 and later): of the text without white space, then of the list of changes, which is one. */
const checksum: Checksum = {
  name: 'MD5, version 9,',
  *candidates(bytes, { id }, entry) {
    const text = entry.checksum?.startsWith('9:') === true ? textOf(bytes, id) : null;
    if (text !== null) yield [`9:${md5(`9:${md5(text.replace(/\s/g, ''))}:`)}`, 'the changeset without white space'];
  },
};

/** Measured with Liquibase 4.28.0. */
export default defineTool({
  id: 'liquibase',
  ran: '4.28.0',
  table: 'databasechangelog',
  columns: ['id', 'author', 'filename', 'dateexecuted', 'orderexecuted', 'exectype', 'md5sum'],
  renamed: [
    {
      file: /(^|\/)(liquibase[\w.-]*\.properties|application[\w.-]*\.(properties|ya?ml))$/,
      table: /(?:databaseChangeLogTableName|database-change-log-table)\s*[=:]\s*["']?(\w+)/,
      schema: /(?:liquibaseSchemaName|liquibase-schema)\s*[=:]\s*["']?(\w+)/,
    },
  ],
  lock: { table: 'databasechangeloglock', column: 'locked', release: 'liquibase release-locks' },
  entries: rows =>
    byColumns({
      name: 'id',
      keyed: (id, { author }) => `${author ?? ''}:${id}`,
      checksum: 'md5sum',
      at: 'dateexecuted',
      mark: markOf,
    })([...rows].sort((a, b) => Number(a.orderexecuted) - Number(b.orderexecuted))),
  key: ({ id }) => id,
  checksum,
  reactions: REACTIONS.liquibase,
});
