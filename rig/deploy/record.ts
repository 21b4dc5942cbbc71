import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './driver.ts';
import type { ScenarioName } from './steps.ts';

/** A table as the tool left it: types as Postgres writes them, values as text. */
export interface RecordedTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What the tool did with a scenario. */
export interface RecordedScenario {
  /** The migrations of the checkout. */
  readonly files: Files;
  /** What the tool left in the database before its next run. */
  readonly tables: readonly RecordedTable[];
  /** How often each step has run, before and after the next run. */
  readonly ran: readonly [before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>];
  /** The next run. */
  readonly next: { readonly ok: boolean; readonly says: string };
}

export interface Recording {
  readonly tool: string;
  readonly framework: string;
  readonly version: string;
  readonly postgres: string;
  readonly scenarios: Readonly<Partial<Record<ScenarioName, RecordedScenario>>>;
}

export const RECORDINGS = join(fileURLToPath(new URL('.', import.meta.url)), 'recorded');

/** What the tools did, as `npm run deploy-tools` has recorded it. */
export const recordings = (): Recording[] =>
  readdirSync(RECORDINGS)
    .filter(name => basename(name).endsWith('.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(join(RECORDINGS, name), 'utf8')) as Recording);
