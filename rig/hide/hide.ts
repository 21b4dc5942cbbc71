import type { Report } from '../../src/model/report.ts';
import type { Bench, Harm } from './bench.ts';
import { gate } from './gate.ts';
import type { Case } from './histories.ts';
import { build, parts, PLAIN, recipe, twin, WRAPPERS, type Recipe } from './recipe.ts';

/** A pull request that took something away, and what the gate said of it. */
export interface Finding {
  readonly recipe: Recipe;
  readonly harm: Harm;
  readonly conclusion: Report['conclusion'];
}

export interface Tally {
  cases: number;
  /** Cases that took something away on the server. */
  harmful: number;
  caught: number;
  /** Those that are a warning, as their statement is without any wrapper. */
  alike: number;
  /** Cases that the server refused, and whose gate did not fail: they cost nothing. */
  refused: number;
  skipped: number;
  innocents: number;
  readonly findings: Finding[];
  /** Innocents in readable wrappers, by wrapper: how many, how many red, and what was said. */
  readonly red: Map<string, { all: number; red: number; said: Map<string, number> }>;
  readonly crashes: { recipe: Recipe; error: string }[];
}

/** Runs a case on both sides. */
export async function check(
  bench: Bench,
  made: Case,
): Promise<{ harm: Harm | null; refused: string | null; report: Report } | null> {
  const report = await gate(made, bench.major);
  const outcome = await bench.try(made);
  return outcome && { ...outcome, report };
}

/** What the gate says of a core that nothing hides. */
function bareConclusions(major: number): (core: string) => Promise<Report['conclusion']> {
  const known = new Map<string, Promise<Report['conclusion']>>();
  return core => {
    const made = build({ ...PLAIN, core, chain: [], frames: [] });
    if (!made) throw new Error(`${core} cannot be built`);
    const said = known.get(core) ?? gate(made, major).then(({ conclusion }) => conclusion);
    known.set(core, said);
    return said;
  };
}

/** Random cases, until `runs` of them were tried or `until` says stop. */
export async function hide(
  bench: Bench,
  {
    runs,
    seed,
    first = 0,
    until = () => false,
    innocents = 4,
  }: { runs: number; seed: number; first?: number; until?: () => boolean; innocents?: number },
): Promise<Tally> {
  const tally: Tally = {
    cases: 0,
    harmful: 0,
    caught: 0,
    alike: 0,
    refused: 0,
    skipped: 0,
    innocents: 0,
    findings: [],
    red: new Map(),
    crashes: [],
  };
  const bare = bareConclusions(bench.major);
  for (let nth = first; tally.cases < runs && !until(); nth += 1) {
    const chosen = recipe(seed * 1_000_003 + nth);
    const made = build(chosen);
    if (!made) {
      tally.skipped += 1;
      continue;
    }
    tally.cases += 1;
    try {
      const analyzed = await check(bench, made);
      if (analyzed?.refused != null) tally.refused += 1;
      if (analyzed?.harm) {
        tally.harmful += 1;
        const { conclusion } = analyzed.report;
        if (conclusion === 'fail') tally.caught += 1;
        else if (conclusion === 'pass' || (await bare(chosen.core)) === 'fail')
          tally.findings.push({ recipe: chosen, harm: analyzed.harm, conclusion });
        else tally.alike += 1;
      }
      if (innocents > 0 && nth % innocents === 0) await innocent(bench, chosen, tally);
    } catch (error) {
      tally.crashes.push({
        recipe: chosen,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  return tally;
}

async function innocent(bench: Bench, chosen: Recipe, tally: Tally): Promise<void> {
  const like = chosen.chain.every(({ id }) => WRAPPERS.get(id)?.readable ?? true) ? twin(chosen) : null;
  const made = like && build(like);
  if (!made) return;
  const analyzed = await check(bench, made);
  // One that the server refuses may be red.
  if (analyzed?.refused !== null) return;
  tally.innocents += 1;
  const { report } = analyzed;
  const red = report.conclusion === 'fail';
  for (const id of new Set(like.chain.map(wrapper => wrapper.id))) {
    const line = tally.red.get(id) ?? { all: 0, red: 0, said: new Map<string, number>() };
    tally.red.set(id, line);
    line.all += 1;
    if (red) line.red += 1;
    if (red) for (const reason of reasons(report)) line.said.set(reason, (line.said.get(reason) ?? 0) + 1);
  }
}

/** What made a report fail. */
export const reasons = (report: Report): string[] => [
  ...report.findings.filter(f => f.severity === 'error' && f.allowed === null).map(f => f.rule),
  ...report.blindSpots.map(spot => `${spot.kind}: ${spot.because.slice(0, 60)}`),
];

/** The smallest recipe that is still found: parts are left out, or made plain, as long as it is. */
export async function shrink(bench: Bench, { recipe: whole, conclusion }: Finding): Promise<Recipe> {
  let smallest = whole;
  const bare = bareConclusions(bench.major);
  const shows = async (tried: Recipe): Promise<boolean> => {
    // What is a warning by itself shows nothing.
    if (conclusion === 'warn' && (await bare(tried.core)) !== 'fail') return false;
    const made = build(tried);
    if (!made) return false;
    const analyzed = await check(bench, made).catch(() => null);
    return analyzed?.harm != null && [conclusion, 'pass'].includes(analyzed.report.conclusion);
  };
  for (let more = true; more;) {
    more = false;
    for (const tried of smaller(smallest)) {
      if (!(await shows(tried))) continue;
      smallest = tried;
      more = true;
      break;
    }
  }
  return smallest;
}

function* smaller(of: Recipe): Generator<Recipe> {
  if (of.layout !== PLAIN.layout) yield { ...of, layout: PLAIN.layout };
  if (of.history.id !== 'plain') yield { ...of, history: PLAIN.history };
  if (of.aim.id !== 'plain') yield { ...of, aim: PLAIN.aim };
  if (of.name !== 'change') yield { ...of, name: 'change' };
  for (const at of of.frames.keys()) yield { ...of, frames: of.frames.toSpliced(at, 1) };
  for (const at of of.chain.keys()) yield { ...of, chain: of.chain.toSpliced(at, 1) };
  for (let at = 0; at < of.chain.length; at += 1)
    for (let count = 2; at + count <= of.chain.length; count += 1)
      yield { ...of, chain: of.chain.toSpliced(at, count) };
  for (const core of ['truncate', 'delete']) if (!['truncate', 'delete'].includes(of.core)) yield { ...of, core };
}

/** Is one recipe made of all parts of another? */
export const holds = (whole: Recipe, smallest: readonly string[]): boolean => {
  const all = parts(whole);
  // The core alone is a finding of its own.
  const any = smallest.length > 1;
  return smallest.every(part => (any && part.startsWith('core:')) || all.includes(part));
};
