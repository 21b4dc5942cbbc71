import { startLocal } from '../src/database/local.ts';
import { CASES, SHOP } from '../__tests__/ground-truth/cases.ts';
import { bench } from '../__tests__/ground-truth/live.ts';
import { predictor } from '../__tests__/ground-truth/predict.ts';
import { KNOWN, SAMPLES } from '../__tests__/ground-truth/records.ts';
import { Table, verdict } from '../__tests__/ground-truth/verdict.ts';
import { MAJORS, postgresBinaries } from './postgres-binaries.ts';

/**
 * Runs every sample and every case on a live server of each major, and holds the predictions against them.
 * `npm run ground-truth` or `npm run ground-truth -- 15 17`.
 */
const asked = process.argv.slice(2).map(Number);
const table = new Table();
const cases = CASES.map(sql => ({ id: 'shop', setup: SHOP, sql }));
let wrong = 0;
for (const major of asked.length > 0 ? asked : MAJORS) {
  const server = await startLocal({ binaries: await postgresBinaries(major) });
  const live = await bench(server);
  const predict = await predictor(major);
  let skipped = 0;
  for (const sample of [...SAMPLES, ...cases]) {
    const measured = await live.measure(sample);
    if ('skipped' in measured) {
      skipped += 1;
      continue;
    }
    const result = verdict(await predict(sample), measured);
    table.add(major, result);
    if (result.disagreements.length === 0) continue;
    // `nt-x` is x outside a transaction.
    const known = sample.id in KNOWN || sample.id.replace(/^nt-/, '') in KNOWN;
    if (!known) wrong += 1;
    console.log(
      `${major} ${sample.id}${known ? ' (known)' : ''}: ${sample.sql}\n    ${result.disagreements.map(({ text }) => text).join('; ')}`,
    );
  }
  console.log(`${major}: ${skipped} samples need what this server does not have (syntax, extensions).`);
  await live.close();
  await server.stop();
}
console.log(table.toString());
process.exitCode = wrong > 0 ? 1 : 0;
