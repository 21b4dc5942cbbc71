import type { Applied } from '../model/applied.ts';
import { collectAsked, globsOf, type Selection } from '../migrations/asked-paths.ts';
import { collect } from '../migrations/collect.ts';
import { textIn, type Repo } from '../model/framework.ts';
import type { BlindSpot } from '../model/report.ts';
import type { ChangedFile, History } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { beforeAdding } from './added.ts';
import { baselineOf, baselineNote } from './baseline.ts';
import { asItRuns, compared } from './compared.ts';
import { appliedNotes, neverApplied } from './never-applied.ts';
import { findings, lostHistory, otherTool } from './findings.ts';
import { unfollowed, withoutCopies } from './links.ts';
import { ownersOf } from './owners.ts';

export interface Scope extends Omit<Selection, 'before' | 'owners'> {
  /** The files before the change; null where they are not known, and in an audit. */
  readonly base: Repo | null;
  /** Which merged migrations are applied where; null where no history was given. */
  readonly applied?: Applied | null;
}

export interface Histories {
  /** What ran before the change, then what it brings, marked as changed, each database's by itself. */
  readonly histories: readonly History[];
  /** What the change does to what ran before. */
  readonly rawFindings: readonly RawFinding[];
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

/** Every database's migrations: the history is the base's, and what the change makes of it is checked as such. */
export async function historiesOf(repo: Repo, { base: whole, applied = null, ...scope }: Scope): Promise<Histories> {
  const { options, below = '' } = scope;
  const base = whole && within(below, whole, repo);
  const changed = below === '' ? scope.changed : scope.changed.filter(({ path }) => path.startsWith(`${below}/`));
  const selection = { ...scope, before: base && ((path: string) => textIn(base, path)) };
  let collection = await collectAsked(repo, selection);
  if (base === null) return { ...collection, rawFindings: [] };
  let heads = withoutCopies(collection.histories, repo);
  let bases = beforeAdding(heads, changed);
  if (bases === null) {
    const before = new Set(changed.map(({ path, previous }) => previous ?? path));
    const { framework, ignore } = options;
    const old = await collect(base, { framework, ignore, paths: globsOf(options), changed: before });
    bases = withoutCopies(old.histories.map(unchanged), base);
    const owners = ownersOf(bases);
    const isTaken = ({ framework: tool, migrations }: History): boolean =>
      migrations.some(({ file }) => owners(file)?.has(tool) === false);
    const baseFiles = new Set(bases.flatMap(({ migrations }) => migrations.map(({ file }) => file)));
    if (collection.histories.some(isTaken)) collection = await collectAsked(repo, { ...selection, owners });
    heads = withoutCopies(collection.histories, repo, path => baseFiles.has(path));
  }
  const comparison = await against({ heads, bases }, { repo, base, changed, applied, pg: options['postgres-version'] });
  return {
    ...comparison,
    blindSpots: [...collection.blindSpots, ...comparison.blindSpots, ...unfollowed(repo, { heads, bases }, changed)],
    notes: [...collection.notes, ...comparison.notes],
  };
}

/** What changed outside of the folder that is checked counts as having been so before. */
function within(below: string, base: Repo, head: Repo): Repo {
  if (below === '') return base;
  const isBelow = (path: string): boolean => path.startsWith(`${below}/`);
  return {
    ...base,
    paths: [...base.paths.filter(isBelow), ...head.paths.filter(path => !isBelow(path))].sort(),
    read: path => (isBelow(path) ? base : head).read(path),
  };
}

const unchanged = (history: History): History => ({
  ...history,
  migrations: history.migrations.map(one => ({ ...one, changed: false })),
});

interface Around {
  readonly repo: Repo;
  readonly base: Repo;
  readonly changed: readonly ChangedFile[];
  readonly applied: Applied | null;
  readonly pg: number;
}

async function against(
  sides: { readonly heads: readonly History[]; readonly bases: readonly History[] },
  { repo, base, changed, applied, pg }: Around,
): Promise<Histories> {
  const { all, deletedHistories } = await compared(sides, { head: repo, base }, changed);
  const [histories, rawFindings, blindSpots, notes]: [History[], RawFinding[], BlindSpot[], string[]] = [
    [],
    [],
    [],
    [],
  ];
  for (const one of all) {
    const baseline = await baselineOf(one, pg);
    const open = neverApplied(one, applied);
    histories.push(asItRuns(one, baseline?.units, new Set(open)));
    const rest = { ...one, matches: one.matches.filter(edit => !open.includes(edit)) };
    rawFindings.push(...findings(baseline === null ? rest : without(rest, baseline.units), applied));
    blindSpots.push(...otherTool(one));
    if (baseline) notes.push(baselineNote(baseline, one.head));
  }
  if (applied) notes.push(...appliedNotes(applied));
  const isThere = (path: string): boolean => repo.paths.includes(path);
  for (const history of deletedHistories) {
    const { rawFindings: more, spots } = lostHistory(history, isThere);
    rawFindings.push(...more);
    blindSpots.push(...spots);
  }
  return { histories, rawFindings, blindSpots, notes };
}

type One = Awaited<ReturnType<typeof compared>>['all'][number];

/** What a verified baseline does needs no word: it deletes what it stands for, and comes before what stays. */
const without = (one: One, units: ReadonlySet<unknown>): One => ({
  ...one,
  matches: one.matches.filter(({ is }) => !units.has(is)),
  removed: [],
  late: one.late.filter(unit => !units.has(unit)),
});
