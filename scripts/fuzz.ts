import { parseArgs } from 'node:util';
import { Bench } from '../rig/fuzz/bench.ts';
import { replayCase, shrink } from '../rig/fuzz/case.ts';
import { fuzz } from '../rig/fuzz/fuzz.ts';
import { refusals } from '../rig/fuzz/refusals.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';

/** `npm run fuzz -- --runs 500 --postgres 17 [--seed 42]`: random migrations, predicted and measured. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    postgres: { type: 'string', default: '17' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** How many groups of findings are shrunk and printed. */
    show: { type: 'string', default: '30' },
    /** `cost,catalog,error` */
    kinds: { type: 'string', default: 'cost,catalog' },
    /** Lists the errors that nothing predicted, by message, with one statement each. */
    refusals: { type: 'boolean', default: false },
  },
});
const bench = await Bench.start(await postgresBinaries(Number(values.postgres)));
try {
  const seed = Number(values.seed);
  const start = performance.now();
  const { groups, migrations, statements, refused } = await fuzz(bench, { runs: Number(values.runs), seed });
  const seconds = (performance.now() - start) / 1000;
  const all = [...groups.values()].sort((a, b) => b.count - a.count);
  const count = (kind: string): number =>
    all.filter(({ finding }) => finding.kind === kind).reduce((sum, g) => sum + g.count, 0);
  console.log(
    `Postgres ${bench.major}, seed ${seed}: ${migrations} migrations, ${statements} statements (${refused} refused), ` +
      `${(statements / seconds).toFixed(0)}/s. Disagreements: ${count('cost')} on costs, ${count('catalog')} on the schema. ` +
      `Not predicted: ${count('error')} refusals.`,
  );
  if (values.refusals) console.log(refusals(all).join('\n'));
  const kinds = values.kinds.split(',');
  const reported = new Set<unknown>();
  for (const { finding, from, count: times } of all.filter(group => kinds.includes(group.finding.kind))) {
    // The lines that a statement leaves different are told together.
    if (finding.kind === 'catalog' && reported.has(from)) continue;
    reported.add(from);
    if (reported.size > Number(values.show)) break;
    const smallest = await shrink(bench, from, finding.group);
    const found = (await replayCase(bench, smallest)).filter(({ kind }) => kind === finding.kind);
    const sql = [...smallest.schema, '-- the migration', ...smallest.migration].join(';\n');
    console.log(`\n## ${times} × ${finding.group}\n${sql};\n${found.map(({ text }) => text).join('\n')}`);
  }
  if (count('cost') + count('catalog') > 0) process.exitCode = 1;
} finally {
  await bench.stop();
}
