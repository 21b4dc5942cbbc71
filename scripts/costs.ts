import { parseArgs } from 'node:util';
import { bench } from '../rig/ground-truth/live.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { verdict } from '../rig/ground-truth/verdict.ts';
import { startLocal } from '../src/database/local.ts';
import { ENTRIES } from '../rig/costs/areas.ts';
import { measuredOf, type Facts } from '../rig/costs/facts.ts';
import { KNOWN } from '../rig/costs/known.ts';
import { measure } from '../rig/costs/measure.ts';
import { loadCosts, saveCosts } from '../rig/costs/record.ts';
import { SHOP } from '../rig/costs/shop.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/**
 * Measures every entry on a live server of each major, writes the record that docs/costs.md is made of, and prints where
 * the predictions differ.
 * `npm run costs`, `npm run costs -- 15 18`, `npm run costs -- --missing` (entries that are not in the record yet); then
 * `npm run generate`.
 */
const { values, positionals } = parseArgs({ options: { missing: { type: 'boolean' } }, allowPositionals: true });
const asked = positionals.map(Number);
const costs = new Map([...loadCosts()].map(([id, byMajor]) => [id, new Map<number, Facts>(byMajor)]));
for (const major of asked.length > 0 ? asked : MAJORS) {
  const start = Date.now();
  const server = await startLocal({ binaries: await postgresBinaries(major) });
  const live = await bench(server, SHOP);
  const predict = await predictor(major, SHOP);
  const entries = ENTRIES.filter(({ id }) => values.missing !== true || costs.get(id)?.has(major) !== true);
  for (const entry of entries) {
    const facts = await measure(live, entry);
    costs.set(entry.id, (costs.get(entry.id) ?? new Map<number, Facts>()).set(major, facts));
    const { disagreements } = verdict(await predict({ setup: '', ...entry }), measuredOf(facts));
    if (disagreements.length > 0 && !(entry.id in KNOWN))
      console.log(`${major} ${entry.id}: ${entry.sql}\n    ${disagreements.map(({ text }) => text).join('; ')}`);
  }
  await live.close();
  await server.stop();
  console.log(`${major}: ${entries.length} statements in ${Math.round((Date.now() - start) / 1000)} s.`);
  saveCosts(costs);
}
