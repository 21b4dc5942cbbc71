import type { Commands } from '../model/commands.ts';
import type { Options } from '../config/options.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import type { Mode } from '../model/analyzed-migration.ts';
import type { History } from '../model/source.ts';
import type { ChangedMigration } from './verify-history.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { NOT_VERIFIED, type Verification } from './result.ts';
import type { VerifyOptions } from './on-database.ts';
import { rehearsalData } from './rehearsal-data.ts';
import { TOOL_TABLES } from '../frameworks/shared/tool-tables.ts';

export interface VerifyInput {
  readonly repo: Repo;
  /** The files before the change; null where they are not known, and in an audit. */
  readonly base: Repo | null;
  readonly mode: Mode;
  readonly histories: readonly History[];
  /** For the version that was asked for. */
  readonly analyzed: readonly ChangedMigration[];
  /** The same for another major version: predictions differ. */
  readonly analyzeFor: (major: number) => Promise<readonly ChangedMigration[]>;
  /** The tool's own way of applying the history is asked on the first database alone. */
  readonly commands: Commands;
  readonly progress: ((stage: string, done?: number, all?: number) => void) | undefined;
}

/** Verifies on the database, or the databases, that the options name. Costs and figures are those of the first. */
export async function verify(options: Options, scene: VerifyInput): Promise<Verification> {
  const { repo, base, mode, histories, analyzed, analyzeFor, commands, progress } = scene;
  const { database } = options;
  const pg = options['postgres-version'];
  const addresses = database.split(/\s+/).filter(address => address !== '');
  const majors = options['also-test-versions'].flatMap(line => line.split(/[\s,]+/)).map(majorOf);
  if (database === 'none') return NOT_VERIFIED;
  const { verifyAll: proveAll } = await import('./on-server.ts');
  const requested = await rehearsalData(options, { repo, base }, commands.seed ?? null);
  // Nobody waits in an audit, and a history of a thousand files would take the hour that it may.
  const data = mode === 'audit' ? { ...requested, inUse: false } : requested;
  const { 'allow-nonempty-database': throwAway, 'base-cache': baseCache } = options;
  const ups = histories.flatMap(({ migrations }) => migrations).filter(({ direction }) => direction === 'up').length;
  const optionsFor = (server = ''): Pick<VerifyOptions, 'data' | 'requireRollback' | 'progress'> => {
    const stage = `Applying migrations${server}`;
    let applied = 0;
    progress?.(stage, applied, ups);
    return { data, requireRollback: options['require-rollback'], progress: () => progress?.(stage, ++applied, ups) };
  };
  const [first = 'none', ...rest] = addresses;
  const tool = commands.apply ? { apply: commands.apply, bookkeeping: TOOL_TABLES } : null;
  const verification = await proveAll({ database: first, major: pg, throwAway, baseCache }, histories, analyzed, {
    ...optionsFor(),
    tool,
  });
  let { rawFindings, blindSpots, notes } = verification;
  const more = [
    ...rest.map(address => ({ database: address, major: null, throwAway })),
    ...majors
      .filter(major => major !== pg)
      .map(major => ({ database: first, major, throwAway, baseCache, exactly: true })),
  ];
  for (const where of more) {
    const { serverMajor } = await import('../database/open-test-server.ts');
    const major = where.major ?? (await serverMajor(where.database));
    const other = await proveAll(
      { ...where, major },
      histories,
      await analyzeFor(major),
      optionsFor(` to Postgres ${major}`),
    );
    rawFindings = [...rawFindings, ...other.rawFindings.filter(isNewTo(rawFindings)).map(on(major))];
    blindSpots = [...blindSpots, ...other.blindSpots.filter(spot => !blindSpots.some(isAt(spot)))];
    notes = [...notes, ...other.notes];
  }
  return { ...verification, rawFindings, blindSpots, notes };
}

function majorOf(text: string): number {
  const major = Number(text);
  if (Number.isInteger(major) && major >= 13 && major <= 18) return major;
  throw new UserError(`also-test-versions: must be major versions from 13 to 18; got ${JSON.stringify(text)}.`);
}

const isAt =
  (spot: Verification['blindSpots'][number]) =>
  (other: Verification['blindSpots'][number]): boolean =>
    other.span?.file === spot.span?.file && other.span?.line === spot.span?.line && other.because === spot.because;

/** The same fault on another version is said once. */
const isNewTo =
  (earlier: readonly RawFinding[]) =>
  (rawFinding: RawFinding): boolean =>
    !earlier.some(
      ({ rule, span }) =>
        rule === rawFinding.rule && span.file === rawFinding.span.file && span.line === rawFinding.span.line,
    );

const on =
  (major: number) =>
  (rawFinding: RawFinding): RawFinding => ({ ...rawFinding, message: `On Postgres ${major}: ${rawFinding.message}` });
