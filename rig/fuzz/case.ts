import type { Bench } from './bench.ts';
import { catalogFindings, type Finding } from './finding.ts';
import { runAlone, Trial, type Outcome } from './trial.ts';

/** A schema that was there, and a migration: one transaction block, or one statement outside of one. */
export interface Case {
  readonly schema: readonly string[];
  readonly migration: readonly string[];
  readonly alone?: true;
}

/** Everything that a case shows; the schema is compared after each statement. */
export async function replayCase(bench: Bench, tried: Case): Promise<Finding[]> {
  await bench.history(tried.schema);
  const findings = catalogFindings(null, await bench.difference(bench.catalog));
  if (findings.length > 0) return findings;
  for await (const { findings: found, differs } of run(bench, tried)) {
    findings.push(...found, ...(await differs()));
    if (findings.some(({ kind }) => kind !== 'error')) break;
  }
  return findings;
}

/** Runs a case's migration on its schema, which is there: statement by statement, as they are asked for. */
export async function* run(
  bench: Bench,
  { migration, alone }: Pick<Case, 'migration' | 'alone'>,
): AsyncGenerator<Outcome> {
  if (alone) {
    for (const sql of migration) yield await runAlone(bench, sql);
    return;
  }
  const trial = await Trial.begin(bench);
  try {
    for (const sql of migration) yield await trial.run(sql);
  } finally {
    await trial.end();
  }
}

/** The smallest case that still shows a finding of the group: statements are left out as long as it does. */
export async function shrink(bench: Bench, whole: Case, group: string): Promise<Case> {
  const shows = async (tried: Case): Promise<boolean> =>
    (await replayCase(bench, tried)).some(finding => finding.group === group);
  let smallest = whole;
  const without = async (part: 'schema' | 'migration'): Promise<void> => {
    for (let size = Math.ceil(smallest[part].length / 2); size >= 1; size = Math.floor(size / 2)) {
      // A schema without a table counts as one that was not seen.
      for (let at = smallest[part].length - size; at >= (part === 'schema' ? 1 : 0); at -= size) {
        const tried = { ...smallest, [part]: smallest[part].toSpliced(at, size) };
        if (await shows(tried)) smallest = tried;
      }
    }
  };
  await without('migration');
  await without('schema');
  await without('schema');
  return smallest;
}
