import type { Options } from '../config/options.ts';
import type { DeployReport } from '../model/deploy-report.ts';
import { answer, type Expectation } from './answer.ts';
import { wantedTables } from './expectations.ts';
import type { Bytes } from './files.ts';
import { poolingOf } from './preflight/pooler.ts';
import { preflight } from './preflight/preflight.ts';
import { actionsOf, limitsOf } from './preflight/limits.ts';
import { readFacts } from './preflight/read-facts.ts';
import { withPreflight } from './preflight/verdict.ts';
import { readDatabase } from './read.ts';

interface Expected {
  readonly expected: readonly Expectation[];
  readonly bytes: Bytes;
  readonly version: string;
}

/**
 * The verdict on the history of a database and on its state, both as one transaction sees them.
 * @throws UserError where it cannot be read, and for mistakes in the options
 */
export async function reportOnDatabase(
  url: string,
  { options }: { readonly options: Options },
  { expected, bytes, version }: Expected,
): Promise<DeployReport> {
  // Mistakes in options are reported before anything is read.
  actionsOf(options);
  limitsOf(options);
  const { recorded, beside: facts } = await readDatabase(
    url,
    { wanted: wantedTables(options, expected), version },
    {
      before: async client => await poolingOf(client, url),
      within: async (client, pooling) => await readFacts(client, { role: options['migration-role'], pooling }),
    },
  );
  const report = answer(expected, recorded, { bytes, version });
  // Without a history it is unknown what is pending.
  if (report.verdict === 'could-not-judge') return report;
  return withPreflight(report, await preflight(report, { expected, recorded, facts, options }), options);
}
