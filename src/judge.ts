import { analyze } from './analyze.ts';
import { blindSpots } from './blind-spots.ts';
import { settle } from './catalog/commit.ts';
import { emptyCatalog } from './catalog/empty.ts';
import type { BlindSpot } from './model/report.ts';
import type { Catalog } from './model/schema.ts';
import type { History, Migration } from './model/source.ts';
import type { Step } from './model/step.ts';
import { parse } from './sql/parse.ts';
import type { Commits } from './transaction.ts';

/** `audit`: every file is judged as its own pull request on the state that the files before it left. */
export type Mode = 'pull-request' | 'audit';

export interface Judged {
  readonly migration: Migration;
  readonly steps: readonly Step[];
  readonly blindSpots: readonly BlindSpot[];
}

/** Replays one database's history and keeps the steps of what changed. */
export async function judge(
  history: History,
  { pg, mode, base = emptyCatalog(), onFile }: { pg: number; mode: Mode; base?: Catalog; onFile?: () => void },
): Promise<Judged[]> {
  const judged: Judged[] = [];
  let catalog = base;
  for (const migration of history.migrations) {
    onFile?.();
    if (migration.direction === 'down') continue;
    const kept = mode === 'audit' || migration.changed;
    const commits: Commits = kept ? 'this-pr' : 'existing';
    const statements = await parse(migration.sql, migration.file);
    const understood = analyze(statements, catalog, { migration, pg, commits });
    if (kept) judged.push({ migration, steps: understood.steps, blindSpots: blindSpots(migration, understood.steps) });
    catalog = mode === 'audit' ? settle(understood.catalog) : understood.catalog;
  }
  return judged;
}
