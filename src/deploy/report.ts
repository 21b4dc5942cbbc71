import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../config/options.ts';
import type { DeployReport, HistoryExport } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import type { Start } from '../repo/start.ts';
import { answer } from './answer.ts';
import { expectations } from './expectations.ts';
import { reportOnDatabase } from './on-database.ts';

/** A checkout, and what was asked of it. */
export interface Place {
  readonly start: Start;
  readonly repo: Repo;
  readonly options: Options;
}

/** Where the history is: in a database, or in what was exported of one. */
export type Source = { readonly url: string } | { readonly recorded: HistoryExport };

/** The verdict; that nothing can be said is one, too. */
export async function reportFor(place: Place, sourceOf: () => Promise<Source>, version: string): Promise<DeployReport> {
  try {
    return await verdictOn(place, sourceOf, version);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      version,
      verdict: 'could-not-judge',
      reasons: [error.message],
      hint: error.hint,
      ...{ database: null, histories: [], migrations: [], preflight: [], notes: [] },
    };
  }
}

async function verdictOn(place: Place, sourceOf: () => Promise<Source>, version: string): Promise<DeployReport> {
  const { start, repo, options } = place;
  const expected = await expectations(repo, options);
  // Every path is one of the checkout, which has followed its links.
  const bytes = (path: string): Uint8Array => readFileSync(join(start.top, path));
  const source = await sourceOf();
  if ('url' in source) return await reportOnDatabase(source.url, place, { expected, bytes, version });
  const report = answer(expected, source.recorded, { bytes, version });
  const note = 'The live database was not checked, because the history is from a file.';
  return { ...report, notes: [...report.notes, note] };
}
