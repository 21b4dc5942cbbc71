import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { createHash } from 'node:crypto';
import { variants } from '../checksums.ts';
import { byColumns, nameOf, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

const idOf = (file: string): string => numeric(/^-?\d+/.exec(nameOf(file))?.[0] ?? '');

/** Measured with postgres-migrations 5.3.0: the name of the file is part of its hash, and ids are consecutive from 1. */
export default defineTool({
  id: 'postgres-migrations',
  ran: '5.3.0',
  table: 'migrations',
  columns: ['id', 'name', 'hash', 'executed_at'],
  foreign: ['batch', 'timestamp', 'run_on'],
  entries: rows =>
    byColumns({
      name: 'name',
      keyed: (_, { id }) => id ?? '',
      checksum: 'hash',
      at: 'executed_at',
      mark: ({ id }) => (id === '0' ? 'none' : 'applied'),
    })([...rows].sort((a, b) => Number(a.id) - Number(b.id))),
  advisoryLock: '-8525285245963000605',
  key: ({ file }) => idOf(file),
  checksum: {
    name: 'sha1 of the file name and',
    *candidates(bytes, { file }) {
      for (const [variant, form] of variants(bytes))
        yield [createHash('sha1').update(nameOf(file)).update(variant).digest('hex'), form];
    },
  },
  invalid: files => {
    const wrong = files.find((one, at) => idOf(one.file) !== String(at + 1));
    return new Map(wrong ? [[wrong, `Found a non-consecutive migration ID on file: '${nameOf(wrong.file)}'`]] : []);
  },
  reactions: REACTIONS['postgres-migrations'],
});
