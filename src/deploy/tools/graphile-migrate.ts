import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { createHash } from 'node:crypto';
import { byColumns, leadingDigits, nameOf, numeric } from '../entries.ts';
import { defineTool, type Checksum, type FileMigration } from '../tool.ts';

interface Committed {
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
  readonly allowsInvalid: boolean;
}

/** The header ends at the first empty line (`parseMigrationText`). */
function parse({ bytes }: FileMigration): Committed {
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf('\n\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
  const header = (name: string): string => new RegExp(`^--!\\s*${name}:\\s*(\\S+)`, 'm').exec(head)?.[1] ?? '';
  const previous = header('Previous');
  return {
    previous: previous === '-' ? '' : previous,
    hash: header('Hash'),
    body,
    allowsInvalid: /^--!\s*AllowInvalidHash/m.test(head),
  };
}

const hashOf = ({ previous, body }: Committed): string =>
  `sha1:${createHash('sha1')
    .update(`${`${previous}\n${body.trim()}`.trim()}\n`)
    .digest('hex')}`;

const checksum: Checksum = {
  name: 'sha1 of the previous hash and',
  *candidates(_, one) {
    yield [hashOf(parse(one)), 'the body'];
  },
};

/** Measured with graphile-migrate 1.4.1: what sorts after the newest row runs, and only its hash is compared. */
export default defineTool({
  id: 'graphile-migrate',
  ran: '1.4.1',
  schema: 'graphile_migrate',
  table: 'migrations',
  columns: ['hash', 'previous_hash', 'filename', 'date'],
  entries: byColumns({ name: 'filename', keyed: file => numeric(leadingDigits(file)), checksum: 'hash', at: 'date' }),
  key: ({ file }) => numeric(leadingDigits(nameOf(file))),
  isOf: (one, { checksum: recorded }) => parse(one).hash === recorded,
  checksum,
  compare: 'newest',
  invalid: (files, pending, entries) => {
    const hashes = new Set(['', ...entries.map(entry => entry.checksum)]);
    const newest = entries.reduce((most, { key }) => (BigInt(key) > most ? BigInt(key) : most), 0n);
    const runs = (one: FileMigration): boolean => BigInt(numeric(leadingDigits(nameOf(one.file)))) > newest;
    const problems = new Map<FileMigration, string>();
    let before = '';
    for (const one of files) {
      const committed = parse(one);
      if (committed.previous !== before) problems.set(one, "doesn't match the expected previous hash");
      else if (pending.has(one) && !committed.allowsInvalid && hashOf(committed) !== committed.hash)
        problems.set(one, `Hash for ${nameOf(one.file)} does not match; has the file been tampered with?`);
      // The column refers to a hash of the table.
      else if (runs(one) && !hashes.has(committed.previous)) problems.set(one, 'violates foreign key constraint');
      if (runs(one)) hashes.add(committed.hash);
      before = committed.hash;
    }
    return problems;
  },
  reactions: REACTIONS['graphile-migrate'],
});
