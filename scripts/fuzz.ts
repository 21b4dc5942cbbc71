import { parseArgs } from 'node:util';
import { Bench } from './fuzz/bench.ts';
import { replayCase, shrink } from './fuzz/case.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { postgresBinaries } from './postgres-binaries.ts';

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
      `Not foretold: ${count('error')} refusals.`,
  );
  const kinds = values.kinds.split(',');
  for (const { finding, from, count: times } of all
    .filter(g => kinds.includes(g.finding.kind))
    .slice(0, Number(values.show))) {
    const smallest = await shrink(bench, from, finding.group);
    const { schema, migration } = smallest;
    const found = await replayCase(bench, smallest);
    console.log(
      `\n## ${times} × ${finding.group}\n${[...schema, '-- the migration', ...migration].join(';\n')};\n${found
        .filter(f => f.group === finding.group)
        .map(f => f.text)
        .join('\n')}`,
    );
  }
  if (count('cost') + count('catalog') > 0) process.exitCode = 1;
} finally {
  await bench.stop();
}
