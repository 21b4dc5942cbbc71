import type { Place, Scratch } from '../database/place.ts';
import { OWN_SCHEMA } from '../database/stand-ins.ts';
import type { BlindSpot } from '../model/report.ts';
import type { History } from '../model/source.ts';
import { leftIn } from './bookkeeping.ts';
import type { Proof } from './proofs.ts';
import { differences, structureOf, type Structure } from './structure.ts';
import { listed } from './wording.ts';

/** How a command ended. */
interface Ran {
  /** Null when it went well. */
  readonly failure: string | null;
  /** Its last words, without credentials. */
  readonly output: string;
  readonly ms: number;
}

/** The tool's own way of applying a history. */
export interface Tool {
  /** Applies the whole history to the database at an address. */
  apply(address: string): Promise<Ran>;
  /** Tables in which tools record what they have applied. */
  readonly bookkeeping: readonly string[];
}

/** A history, and the database to which its files were applied. */
export interface Applied {
  readonly history: History;
  readonly database: Scratch;
  /** Why that is not the whole schema; null when it is. */
  readonly lacks: string | null;
}

export interface ByCommand {
  readonly proofs: readonly Proof[];
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

/** What only a superuser may do, which the command's role is not. */
const BEYOND_US =
  /permission denied|must be (superuser|owner of)|\b42501\b|extension "[^"]+" (already exists|is not available)/i;
const UNREACHABLE = 'apply-command was not run: no other program can connect to the embedded Postgres.';
const NOTHING: ByCommand = { proofs: [], blindSpots: [], notes: [] };

/**
 * Lets the tool's own command apply the history to an empty database, holds what it leaves against what was measured,
 * and runs it once more, which should do nothing.
 */
export async function byCommand(place: Place, tool: Tool, applied: Applied): Promise<ByCommand> {
  const ups = applied.history.migrations.filter(({ direction }) => direction === 'up');
  const last = ups.at(-1);
  if (!last) return NOTHING;
  const unread = ups.filter(one => one.unread.length > 0).length;
  const lacks = applied.lacks ?? (unread > 0 ? `${unread} of its migrations are not read in full.` : null);
  const files = await schemaIn(applied.database, place);
  const span = { file: last.file, line: 1, endLine: 1 };
  const say = (rule: Proof['rule'], message: string): Proof[] => [
    { rule, message, span, migration: last.id, evidence: [] },
  ];
  const blind = (because: string): BlindSpot[] => [{ span, because, kind: 'unproven' }];
  const database = await place.create();
  const { address } = database;
  try {
    if (address === null) return { ...NOTHING, blindSpots: blind(UNREACHABLE) };
    await supply(database, files.extensions);
    const first = await tool.apply(address);
    if (first.failure !== null) {
      const what = `apply-command ${toldBy(first)}`;
      if (!BEYOND_US.test(first.output)) return { ...NOTHING, proofs: say('failing-apply-command', what) };
      return { ...NOTHING, blindSpots: blind(`${what} It ran as a role that is no superuser.`) };
    }
    const own = { names: tool.bookkeeping, applied: last.id, files: files.structure };
    const once = await leftIn(database, own);
    const second = await tool.apply(address);
    const twice = await leftIn(database, own);
    const other = lacks === null ? differences(files.structure, once.schema) : [];
    const more = [...differences(once.whole, twice.whole), ...grown(once.rows, twice.rows)];
    const proofs = [
      ...(other.length > 0
        ? say('apply-command-differs', `apply-command leads to another schema than the files do: ${listed(other)}.`)
        : []),
      ...(second.failure !== null
        ? say('repeated-apply-command', `The second run of apply-command ${toldBy(second)}`)
        : more.length > 0
          ? say('repeated-apply-command', `The second run of apply-command changes something: ${listed(more)}.`)
          : []),
    ];
    const took = `apply-command took ${(first.ms / 1000).toFixed(1)} s on an empty database`;
    return {
      proofs,
      blindSpots: lacks === null ? [] : blind(`The schema that apply-command leads to was not compared: ${lacks}`),
      notes:
        proofs.length === 0 && lacks === null
          ? [`${took}, led to the same schema as the files, and did nothing when it ran again.`]
          : [],
    };
  } finally {
    await database.drop();
  }
}

const toldBy = ({ failure, output }: Ran): string =>
  `${failure ?? ''}: ${output === '' ? 'it printed nothing.' : output}`;

const grown = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...before].flatMap(([table, count]) => {
    const now = after.get(table) ?? count;
    return now === count ? [] : [`${table} had ${count} rows and has ${now}`];
  });

/** The schema, and the extensions that a role without rights cannot make. */
async function schemaIn(
  database: Scratch,
  { trusted }: Place,
): Promise<{ structure: Structure; extensions: readonly string[] }> {
  const client = await database.open();
  try {
    const structure = await structureOf(client);
    const { rows } = await client.query<{ name: string }>('select extname as name from pg_catalog.pg_extension');
    return { structure, extensions: rows.map(({ name }) => name).filter(name => !trusted.has(name)) };
  } finally {
    await client.end();
  }
}

/** As far as that goes: what is missing then is the command's own failure. */
async function supply(database: Scratch, extensions: readonly string[]): Promise<void> {
  const client = await database.open();
  try {
    for (const name of extensions)
      await client.query(`select ${OWN_SCHEMA}.create_extension($1, null)`, [name]).catch(() => undefined);
  } finally {
    await client.end();
  }
}
