import { outline } from '../ground-truth/outline.ts';
import { emptyCatalog } from '../../src/catalog/empty.ts';
import { settle } from '../../src/catalog/commit.ts';
import type { TestServer, TestDatabase } from '../../src/database/test-server.ts';
import { OWN_SCHEMA } from '../../src/database/substitutes.ts';
import { keyOf, type Catalog, type Routine } from '../../src/model/schema.ts';
import type { History, Span } from '../../src/model/source.ts';
import { introspect } from '../../src/measure/introspect.ts';
import { Explained, type Explanation } from './explained.ts';
import { replayFile, type File } from './replay-file.ts';

/** Where the analysis and the server are not of one mind. */
export interface Difference {
  readonly kind: 'cost' | 'schema';
  /** The same for all differences of one cause, as far as that can be told. */
  readonly group: string;
  readonly text: string;
  readonly at: Pick<Span, 'file' | 'line'>;
  /** The blind spot that it comes from: no mistake, for nobody claimed otherwise. */
  readonly explanation?: Explanation;
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
  /** Lines of the schema that differ because of a statement that the report calls a blind spot. */
  readonly explained: readonly Difference[];
}

/** Applies a history to a new database, file by file, next to the analysis. */
export async function replayHistory(place: TestServer, history: History): Promise<Replayed> {
  const files: File[] = [];
  const schemas: Difference[] = [];
  let database = await place.create();
  let catalog = emptyCatalog();
  let known: ReadonlySet<string> = new Set();
  const blind = new Explained();
  try {
    for (const migration of history.migrations.filter(({ direction }) => direction === 'up')) {
      const file = await replayFile({ place, database, migration, catalog });
      files.push(file);
      database = file.database;
      catalog = settle(file.catalog);
      for (const spot of file.blindSpots) blind.add(spot);
      for (const change of file.changes) blind.follow(change);
      const differing = await schemaDifferences(database, catalog);
      for (const line of differing.filter(text => !known.has(text))) {
        const explanation = blind.get(line);
        const group = explanation
          ? `${explanation.at.file}:${explanation.at.line}`
          : `${subject(line)} ${file.at.file}`;
        schemas.push({ kind: 'schema', group, text: line, at: file.at, ...(explanation && { explanation }) });
      }
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
    differences: [...files.flatMap(file => file.differences), ...schemas.filter(({ explanation }) => !explanation)],
    explained: schemas.filter(({ explanation }) => explanation),
  };
}

/** Side and kind of object; tables and columns are told by what follows their name. */
function subject(line: string): string {
  const [side, only, first = '', ...rest] = line.split(' ');
  const part = first.includes('.') ? rest.find(word => /^[a-z-]+$/.test(word)) : first;
  return [side, only, part].join(' ');
}

/**
 * The lines of the schema that only one side has. What a table not seen whole may have is no difference, nor is such a
 * table itself: it is known by a name in a statement that may not run.
 */
async function schemaDifferences(database: TestDatabase, catalog: Catalog): Promise<string[]> {
  const client = await database.open();
  try {
    const inlines = catalog.routines.values().some(overloads => overloads.some(isInlined));
    const lines = (of: Catalog): string[] =>
      outline(of).map(line => (inlines ? line.replace(DEFAULT, ' default') : line));
    const here = new Set(lines(catalog));
    const there = new Set(lines(await introspect(client)).filter(line => !line.includes(OWN_SCHEMA)));
    const gaps = new Set(catalog.relations.values().flatMap(table => (table.complete ? [] : [keyOf(table)])));
    const whole = (line: string): boolean => !gaps.has(line.split(' ')[0] ?? '');
    const isThere = (key: string): boolean => [...there].some(line => line.split(' ', 2)[1] === key);
    const rumours = new Set([...gaps].filter(key => !isThere(key)));
    const isClaimed = (line: string): boolean => !line.split(' ', 2).some(word => rumours.has(word));
    // Nor are the places of its columns.
    const isPlaced = (line: string): boolean => whole(line) || !/^\S+ \d+ column /.test(line);
    return [
      ...[...here]
        .filter(line => !there.has(line) && isPlaced(line) && isClaimed(line))
        .map(line => `analysis only: ${line}`),
      ...[...there].filter(line => !here.has(line) && whole(line)).map(line => `server only: ${line}`),
    ];
  } finally {
    await client.end();
  }
}

/** pg_proc says what such a function is declared as, the model what a default that calls it comes to. */
const isInlined = ({ inlined, volatility }: Routine): boolean => inlined !== null && inlined !== volatility;
const DEFAULT = / default (?:steady|volatile)\b/;
