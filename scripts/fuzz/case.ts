import type { Bench } from './bench.ts';
import { catalogFindings, type Finding } from './finding.ts';
import { runAlone, Trial } from './trial.ts';

/** A schema that was there, and a migration: one transaction block, or one statement outside of one. */
export interface Case {
  readonly schema: readonly string[];
  readonly migration: readonly string[];
  readonly alone?: true;
}

/** Everything that a case shows; the schema is compared after each statement. */
export async function replayCase(bench: Bench, { schema, migration, alone }: Case): Promise<Finding[]> {
  await bench.history(schema);
  const findings = catalogFindings(null, await bench.difference(bench.catalog));
  if (findings.length > 0) return findings;
  if (alone) {
    for (const sql of migration) findings.push(...(await runAlone(bench, sql)).findings);
    return findings;
  }
  const trial = await Trial.begin(bench);
  for (const sql of migration) {
    findings.push(...(await trial.run(sql)).findings);
    findings.push(...(await trial.catalogFindings()));
    if (findings.some(({ kind }) => kind !== 'error')) break;
  }
  await trial.end();
  return findings;
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
