import { readFileSync, writeFileSync } from 'node:fs';
import { ENTRIES } from './areas.ts';
import type { Facts } from './facts.ts';

/** What each major did with each entry, by the entry's id. */
export type Costs = ReadonlyMap<string, ReadonlyMap<number, Facts>>;

/** In the file, majors that did alike stand together. */
type Outcome = Facts & { readonly majors: readonly number[] };

const FILE = new URL('record.json', import.meta.url);

export function loadCosts(): Costs {
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, readonly Outcome[]>>;
  return new Map(
    Object.entries(kept).map(([id, outcomes]) => [
      id,
      new Map(outcomes.flatMap(({ majors, ...facts }) => majors.map(major => [major, facts] as const))),
    ]),
  );
}

/** A line per entry, in the order of the page. */
export function saveCosts(costs: Costs): void {
  const lines = ENTRIES.map(({ id }) => `${JSON.stringify(id)}: ${JSON.stringify(alike(costs.get(id) ?? new Map()))}`);
  writeFileSync(FILE, `{\n${lines.join(',\n')}\n}\n`);
}

function alike(byMajor: ReadonlyMap<number, Facts>): Outcome[] {
  const found = new Map<string, { majors: number[]; facts: Facts }>();
  for (const [major, facts] of [...byMajor].sort(([a], [b]) => a - b)) {
    const key = JSON.stringify(facts);
    const group = found.get(key) ?? { majors: [], facts };
    group.majors.push(major);
    found.set(key, group);
  }
  return [...found.values()].map(({ majors, facts }) => ({ majors, ...facts }));
}
