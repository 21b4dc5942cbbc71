import type { Commands } from '../model/commands.ts';
import type { Options } from '../config/options.ts';
import { Expected } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import type { Mode } from '../model/analyzed-migration.ts';
import type { History } from '../model/source.ts';
import type { Judgement } from './verify-history.ts';
import type { Proof } from '../findings/raw-finding.ts';
import { NOTHING_SHOWN, type Shown } from './result.ts';
import type { Wishes } from './on-database.ts';
import { rehearsalData } from './rehearsal-data.ts';
import { TOOL_TABLES } from '../frameworks/shared/tool-tables.ts';

export interface Scene {
  readonly repo: Repo;
  /** The files before the change; null where they are not known, and in an audit. */
  readonly base: Repo | null;
  readonly mode: Mode;
  readonly histories: readonly History[];
  /** For the version that was asked for. */
  readonly judged: readonly Judgement[];
  /** The same for another major version: predictions differ. */
  readonly judgeFor: (major: number) => Promise<readonly Judgement[]>;
  /** The tool's own way of applying the history is asked on the first database alone. */
  readonly commands: Commands;
  readonly progress: ((stage: string, done?: number, all?: number) => void) | undefined;
}

/** Proves on the database, or the databases, that the options name. Costs and figures are those of the first. */
export async function show(options: Options, scene: Scene): Promise<Shown> {
  const { repo, base, mode, histories, judged, judgeFor, commands, progress } = scene;
  const { database } = options;
  const pg = options['postgres-version'];
  const addresses = database.split(/\s+/).filter(address => address !== '');
  const majors = options['also-test-versions'].flatMap(line => line.split(/[\s,]+/)).map(majorOf);
  if (database === 'none') return NOTHING_SHOWN;
  const { proveAll } = await import('./on-server.ts');
  const asked = await rehearsalData(options, { repo, base }, commands.seed ?? null);
  // Nobody waits in an audit, and a history of a thousand files would take the hour that it may.
  const data = mode === 'audit' ? { ...asked, inUse: false } : asked;
  const { 'allow-nonempty-database': throwAway, 'base-cache': baseCache } = options;
  const ups = histories.flatMap(({ migrations }) => migrations).filter(({ direction }) => direction === 'up').length;
  const how = (server = ''): Pick<Wishes, 'data' | 'requireRollback' | 'progress'> => {
    const stage = `Applying migrations${server}`;
    let applied = 0;
    progress?.(stage, applied, ups);
    return { data, requireRollback: options['require-rollback'], progress: () => progress?.(stage, ++applied, ups) };
  };
  const [first = 'none', ...rest] = addresses;
  const tool = commands.apply ? { apply: commands.apply, bookkeeping: TOOL_TABLES } : null;
  const shown = await proveAll({ database: first, major: pg, throwAway, baseCache }, histories, judged, {
    ...how(),
    tool,
  });
  let { proofs, blindSpots, notes } = shown;
  const more = [
    ...rest.map(address => ({ database: address, major: null, throwAway })),
    ...majors
      .filter(major => major !== pg)
      .map(major => ({ database: first, major, throwAway, baseCache, exactly: true })),
  ];
  for (const where of more) {
    const { serverMajor } = await import('../database/open-test-server.ts');
    const major = where.major ?? (await serverMajor(where.database));
    const other = await proveAll({ ...where, major }, histories, await judgeFor(major), how(` to Postgres ${major}`));
    proofs = [...proofs, ...other.proofs.filter(isNewTo(proofs)).map(on(major))];
    blindSpots = [...blindSpots, ...other.blindSpots.filter(spot => !blindSpots.some(isAt(spot)))];
    notes = [...notes, ...other.notes];
  }
  return { ...shown, proofs, blindSpots, notes };
}

function majorOf(text: string): number {
  const major = Number(text);
  if (Number.isInteger(major) && major >= 13 && major <= 18) return major;
  throw new Expected(`also-test-versions: must be major versions from 13 to 18; got ${JSON.stringify(text)}.`);
}

const isAt =
  (spot: Shown['blindSpots'][number]) =>
  (other: Shown['blindSpots'][number]): boolean =>
    other.span?.file === spot.span?.file && other.span?.line === spot.span?.line && other.because === spot.because;

/** The same fault on another version is said once. */
const isNewTo =
  (known: readonly Proof[]) =>
  (proof: Proof): boolean =>
    !known.some(
      ({ rule, span }) => rule === proof.rule && span.file === proof.span.file && span.line === proof.span.line,
    );

const on =
  (major: number) =>
  (proof: Proof): Proof => ({ ...proof, message: `On Postgres ${major}: ${proof.message}` });
