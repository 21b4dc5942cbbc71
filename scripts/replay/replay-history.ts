import { outline } from '../../__tests__/ground-truth/outline.ts';
import { emptyCatalog } from '../../src/catalog/empty.ts';
import { settle } from '../../src/catalog/commit.ts';
import type { Place, Scratch } from '../../src/database/place.ts';
import { OWN_SCHEMA } from '../../src/database/stand-ins.ts';
import { keyOf, type Catalog } from '../../src/model/schema.ts';
import type { History, Span } from '../../src/model/source.ts';
import { introspect } from '../../src/trace/introspect.ts';
import { replayFile, type File } from './replay-file.ts';

/** Where the analysis and the server are not of one mind. */
export interface Difference {
  readonly kind: 'cost' | 'schema';
  /** The same for all differences of one cause, as far as that can be told. */
  readonly group: string;
  readonly text: string;
  readonly at: Pick<Span, 'file' | 'line'>;
}

/** What the replay of one history has shown. */
export interface Replayed {
  readonly files: number;
  readonly compared: number;
  /** Compared, and with another cost on the server. */
  readonly differing: number;
  /** Statements that the analysis does not claim to understand: not compared. */
  readonly opaque: number;
  readonly refused: File['refused'];
  readonly differences: readonly Difference[];
}

/** Applies a history to a new database, file by file, next to the analysis. */
export async function replayHistory(place: Place, history: History): Promise<Replayed> {
  const files: File[] = [];
  const schemas: Difference[] = [];
  let database = await place.create();
  let catalog = emptyCatalog();
  let known: ReadonlySet<string> = new Set();
  try {
    for (const migration of history.migrations.filter(({ direction }) => direction === 'up')) {
      const file = await replayFile({ place, database, migration, catalog });
      files.push(file);
      database = file.database;
      catalog = settle(file.catalog);
      const differing = await schemaDifferences(database, catalog);
      for (const line of differing)
        if (!known.has(line))
          schemas.push({ kind: 'schema', group: `${subject(line)} ${file.at.file}`, text: line, at: file.at });
      known = new Set(differing);
    }
  } finally {
    await database.drop();
  }
  const sum = (count: (file: File) => number): number => files.reduce((total, file) => total + count(file), 0);
  return {
    files: files.length,
    compared: sum(file => file.compared),
    differing: sum(file => file.differing),
    opaque: sum(file => file.opaque),
    refused: files.flatMap(file => file.refused),
    differences: [...files.flatMap(file => file.differences), ...schemas],
  };
}

/** Side and kind of object; tables and columns are told by what follows their name. */
function subject(line: string): string {
  const [side, only, first = '', ...rest] = line.split(' ');
  const part = first.includes('.') ? rest.find(word => /^[a-z-]+$/.test(word)) : first;
  return [side, only, part].join(' ');
}

/** The lines of the schema that only one side has. What a table not seen whole may have is no difference. */
async function schemaDifferences(database: Scratch, catalog: Catalog): Promise<string[]> {
  const client = await database.open();
  try {
    const here = new Set(outline(catalog));
    const there = new Set(outline(await introspect(client)).filter(line => !line.includes(OWN_SCHEMA)));
    const gaps = new Set(catalog.relations.values().flatMap(table => (table.complete ? [] : [keyOf(table)])));
    const whole = (line: string): boolean => !gaps.has(line.split(' ')[0] ?? '');
    // Nor are the places of its columns.
    const isPlaced = (line: string): boolean => whole(line) || !/^\S+ \d+ column /.test(line);
    return [
      ...[...here].filter(line => !there.has(line) && isPlaced(line)).map(line => `analysis only: ${line}`),
      ...[...there].filter(line => !here.has(line) && whole(line)).map(line => `server only: ${line}`),
    ];
  } finally {
    await client.end();
  }
}
