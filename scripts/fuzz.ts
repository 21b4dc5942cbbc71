import { asyncProperty, check } from 'fast-check';
import { parseArgs } from 'node:util';
import { startLocal } from '../src/database/local.ts';
import { cases } from './fuzz/migrations.ts';
import { trial } from './fuzz/trial.ts';
import { postgresBinaries } from './postgres-binaries.ts';

/** `npm run fuzz -- --runs 500 --postgres 17 [--seed 42]`: random migrations, predicted and measured. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    postgres: { type: 'string', default: '17' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const server = await startLocal({ binaries: await postgresBinaries(Number(values.postgres)) });
let compared = 0;
try {
  const property = asyncProperty(cases, async tried => {
    const outcome = await trial(server, tried);
    compared += outcome.compared;
    if (outcome.disagreements.length > 0) throw new Error(outcome.disagreements.join('\n'));
  });
  const result = await check(property, { numRuns: Number(values.runs), seed: Number(values.seed) });
  console.log(`Postgres ${server.major}, seed ${result.seed}: ${result.numRuns} migrations, ${compared} statements.`);
  if (result.failed) {
    const [smallest] = result.counterexample ?? [];
    console.log(`${[...(smallest?.schema ?? []), '-- the migration', ...(smallest?.migration ?? [])].join(';\n')};`);
    console.log(result.errorInstance instanceof Error ? result.errorInstance.message : 'failed');
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}
