import { writeFile } from 'node:fs/promises';
import { EMBEDDED_MAJOR } from '../src/database/embedded-test-server.ts';
import { startLocal } from '../src/database/local.ts';
import type { Measured } from '../src/measure/session.ts';
import { caseFiles } from '../rig/ground-truth/case-file.ts';
import { embeddedCluster } from '../rig/ground-truth/cluster.ts';
import { bench, benchOn, type Bench } from '../rig/ground-truth/live.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { record } from '../rig/ground-truth/record.ts';
import { KNOWN, RECORDED, SAMPLES } from '../rig/ground-truth/records.ts';
import { Table, verdict } from '../rig/ground-truth/verdict.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/**
 * Runs every sample and every case on a live server of each major, and holds the predictions against them.
 * `npm run ground-truth` or `npm run ground-truth -- 15 17 embedded`. `-- --record` measures the cases that have no record yet
 * and writes it into the files of cases/; `-- --record-all` measures all of them again.
 */
const recording = process.argv.some(argument => argument.startsWith('--record'));
const all = process.argv.includes('--record-all');
const asked = process.argv.slice(2).filter(argument => /^(\d+|embedded)$/.test(argument));
const table = new Table();
const unmeasured = RECORDED.filter(({ measured }) => all || measured.length === 0);
const measurements = new Map(unmeasured.map(({ id }) => [id, new Map<number, Measured>()]));
let wrong = 0;
for (const name of asked.length > 0 ? asked : MAJORS.map(String)) {
  const major = name === 'embedded' ? EMBEDDED_MAJOR : Number(name);
  const { live, stop } = await start(name);
  const predict = await predictor(major);
  let skipped = 0;
  for (const sample of recording ? unmeasured : [...SAMPLES, ...RECORDED]) {
    const measured = await live.measure(sample);
    if ('skipped' in measured) {
      skipped += 1;
      if (recording) console.log(`${name} ${sample.id}: ${measured.skipped.message}`);
      continue;
    }
    if (recording) measurements.get(sample.id)?.set(major, measured);
    const result = verdict(await predict(sample), measured);
    table.add(name, result);
    if (result.disagreements.length === 0) continue;
    // `nt-x` is x outside a transaction.
    const known = sample.id in KNOWN || sample.id.replace(/^nt-/, '') in KNOWN;
    if (!known) wrong += 1;
    console.log(
      `${name} ${sample.id}${known ? ' (known)' : ''}: ${sample.sql}\n    ${result.disagreements.map(({ text }) => text).join('; ')}`,
    );
  }
  console.log(`${name}: ${skipped} samples need what this server does not have (syntax, extensions).`);
  await live.close();
  await stop();
}
console.log(table.toString());
if (recording) {
  // What no server can run, for want of an extension, keeps its record.
  const records = new Map([...measurements].flatMap(([id, on]) => (on.size === 0 ? [] : [[id, record(on)] as const])));
  for (const file of caseFiles()) await writeFile(file.url, file.withRecords(records));
}
process.exitCode = wrong > 0 ? 1 : 0;

async function start(name: string): Promise<{ live: Bench; stop: () => Promise<void> }> {
  if (name === 'embedded') return { live: await benchOn(embeddedCluster()), stop: () => Promise.resolve() };
  const server = await startLocal({ binaries: await postgresBinaries(Number(name)) });
  return { live: await bench(server), stop: () => server.stop() };
}
