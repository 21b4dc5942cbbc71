import { gen, sample } from 'fast-check';
import { BASE, PARTS } from './base.ts';
import type { Bench } from './bench.ts';
import { replayCase, type Case } from './case.ts';
import { catalogFindings, type Finding } from './finding.ts';
import { Picks } from './picks.ts';
import { randomAlone, randomStatement } from './statement.ts';
import { runAlone, Trial, type Tried } from './trial.ts';

/** What a run of the rig showed. */
export interface Shown {
  migrations: number;
  statements: number;
  refused: number;
  /** The first case of each group of findings, and how many there were. */
  readonly groups: Map<string, { finding: Finding; from: Case; count: number }>;
}

/** Migrations that are tried on one schema before it is made anew. */
const PER_SCHEMA = 5;
const LONGEST = 8;
const HISTORY = 8;

/** Random migrations on random schemas, until `runs` of them were tried or `until` says stop. */
export async function fuzz(
  bench: Bench,
  {
    runs,
    seed,
    until = () => false,
    watch = () => undefined,
  }: {
    runs: number;
    seed: number;
    until?: () => boolean;
    watch?: (tried: Tried, from: Case) => void | Promise<void>;
  },
): Promise<Shown> {
  const shown: Shown = { migrations: 0, statements: 0, refused: 0, groups: new Map() };
  const note = (findings: readonly Finding[], from: Case): void => {
    for (const finding of findings) {
      const known = shown.groups.get(finding.group);
      if (known) known.count += 1;
      else shown.groups.set(finding.group, { finding, from, count: 1 });
    }
  };

  for (const value of sample(gen(), { seed, numRuns: Math.ceil(runs / PER_SCHEMA) })) {
    if (until()) break;
    const picks = new Picks(value, bench.catalog);
    const schema = await bench.history([...BASE, ...PARTS.filter(() => picks.rarely(2))]);
    for (let left = picks.int(HISTORY); left > 0; left -= 1) {
      const sql = randomStatement(value, bench.catalog);
      if (await bench.commit(sql)) schema.push(sql);
    }
    const lines = await bench.difference(bench.catalog);
    if (lines.length > 0) {
      note(catalogFindings(null, lines), { schema, migration: [] });
      continue;
    }
    for (let nth = 0; nth < PER_SCHEMA; nth += 1) {
      const migration: string[] = [];
      const trial = await Trial.begin(bench);
      const findings: Finding[] = [];
      while (migration.length < LONGEST && !findings.some(({ kind }) => kind === 'cost')) {
        const sql = randomStatement(value, trial.catalog);
        const outcome = await trial.run(sql);
        const { accepted, findings: found } = outcome;
        await watch(outcome, { schema, migration: [...migration, sql] });
        shown.statements += 1;
        if (!accepted) shown.refused += 1;
        if (!accepted) note(found, { schema, migration: [...migration, sql] });
        else findings.push(...found);
        if (accepted || picks.rarely(4)) migration.push(sql);
      }
      const differs = (await trial.differs()).length > 0;
      await trial.end();
      note(findings, { schema, migration });
      shown.migrations += 1;
      if (differs)
        note(
          (await replayCase(bench, { schema, migration })).filter(f => f.kind === 'catalog'),
          { schema, migration },
        );
      if (differs) await bench.history(schema);
    }
    if (picks.rarely(2)) {
      const sql = randomAlone(value, bench.catalog);
      const outcome = await runAlone(bench, sql);
      const { accepted, findings, differs } = outcome;
      await watch(outcome, { schema, migration: [sql], alone: true });
      shown.statements += 1;
      if (!accepted) shown.refused += 1;
      note([...findings, ...(await differs())], { schema, migration: [sql], alone: true });
    }
  }
  return shown;
}
