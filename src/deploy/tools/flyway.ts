import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { crc32, variants } from '../checksums.ts';
import { byColumns, nameOf } from '../entries.ts';
import { defineTool, type Mark, type RawRow } from '../tool.ts';

/** `1.02` and `1_2` are one version (MigrationVersion.java): parts are numbers, and zeros at the end say nothing. */
const versionOf = (written: string): string => {
  const parts = written
    .replaceAll('_', '.')
    .split('.')
    .map(part => part.replace(/^0+(?=\d)/, ''));
  while (parts.length > 1 && parts.at(-1) === '0') parts.pop();
  return parts.join('.');
};

const markOf = ({ success, type }: RawRow): Mark => {
  if (success !== 'true') return 'failed';
  if (type === 'BASELINE' || type === 'SQL_BASELINE') return 'baseline';
  if (type === 'DELETE' || type?.startsWith('UNDO') === true) return 'rolled back';
  return type === 'SCHEMA' ? 'none' : 'applied';
};

const LINE = /\r\n|\r|\n/;

/** CRC-32 of the lines without their ends, as a signed number (ChecksumCalculator.java). */
const checksumOf = (bytes: Uint8Array): string => {
  const lines = new TextDecoder().decode(bytes).split(LINE);
  if (lines.at(-1) === '') lines.pop();
  return String(lines.reduce((crc, line) => crc32(Buffer.from(line), crc), 0) | 0);
};

/** From its source (c5e20fc) and manual: `validate` runs before `migrate`. */
export default defineTool({
  id: 'flyway',
  ran: null,
  table: 'flyway_schema_history',
  columns: ['installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'installed_on', 'success'],
  renamed: [
    {
      file: /(^|\/)(flyway[\w.-]*\.(conf|toml)|application[\w.-]*\.(properties|ya?ml))$/,
      table: /^\s*(?:(?:spring\.)?flyway\.)?table\s*[=:]\s*["']?([\w.]+)/m,
      schema: /^\s*(?:(?:spring\.)?flyway\.)?(?:defaultSchema|default-schema)\s*[=:]\s*["']?(\w+)/m,
    },
  ],
  entries: rows =>
    byColumns({
      name: 'script',
      keyed: (script, { version }) =>
        version === null || version === undefined ? nameOf(script).replace(/\.sql$/, '') : versionOf(version),
      checksum: 'checksum',
      at: 'installed_on',
      mark: markOf,
    })([...rows].sort((a, b) => Number(a.installed_rank) - Number(b.installed_rank))),
  // `repair` deletes the rows of failed migrations (manual, Repair).
  recovery: { undone: () => 'flyway repair', done: null },
  repeated: 'last',
  key: ({ id, repeatable }) => (repeatable ? id : versionOf(id)),
  checksum: {
    name: 'CRC-32',
    *candidates(bytes) {
      for (const [variant, form] of variants(bytes)) yield [checksumOf(variant), form];
    },
  },
  reactions: REACTIONS.flyway,
});
