import { parseArgs } from 'node:util';
import { Bench } from '../rig/hide/bench.ts';
import { hide, holds, check, reasons, shrink } from '../rig/hide/hide.ts';
import { build, parts, type Recipe } from '../rig/hide/recipe.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';

/** `npm run hide -- --runs 500 --postgres 15 [--seed 42]`: dangerous statements in detours, judged and run. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    postgres: { type: 'string', default: '15' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** The first of the cases of the seed. */
    first: { type: 'string', default: '0' },
    /** How many groups of findings are shrunk and printed. */
    show: { type: 'string', default: '30' },
    /** `pass`, or `pass,warn` */
    conclusions: { type: 'string', default: 'pass,warn' },
    /** One innocent to so many cases. */
    innocents: { type: 'string', default: '4' },
    /** Lists what the server refused, by message. */
    refused: { type: 'boolean', default: false },
  },
});
const bench = await Bench.start(await postgresBinaries(Number(values.postgres)));
try {
  const seed = Number(values.seed);
  const start = performance.now();
  const tally = await hide(bench, {
    runs: Number(values.runs),
    seed,
    first: Number(values.first),
    innocents: Number(values.innocents),
  });
  const seconds = (performance.now() - start) / 1000;
  const by = (conclusion: string): number => tally.findings.filter(finding => finding.conclusion === conclusion).length;
  console.log(
    `Postgres ${bench.major}, seed ${seed}: ${tally.cases} cases, ${(tally.cases / seconds).toFixed(0)}/s; ` +
      `${tally.harmful} took something away, of which ${tally.caught} failed the gate, ${tally.alike} warned as their statement does by itself, ${by('warn')} only warned, ${by('pass')} passed. ` +
      `${tally.refused} were refused by the server. ${tally.innocents} innocents, ${tally.crashes.length} crashes.`,
  );
  for (const { recipe, error } of tally.crashes.slice(0, 5))
    console.log(`\n## crash\n${JSON.stringify(recipe)}\n${error}`);
  const wanted = tally.findings
    .filter(({ conclusion }) => values.conclusions.split(',').includes(conclusion))
    .sort((a, b) => parts(a.recipe).length - parts(b.recipe).length);
  const known: { smallest: readonly string[]; conclusion: string; recipe: Recipe; harm: string; count: number }[] = [];
  for (const finding of wanted) {
    const like = known.find(
      ({ smallest, conclusion }) => conclusion === finding.conclusion && holds(finding.recipe, smallest),
    );
    if (like) like.count += 1;
    else if (known.length < Number(values.show)) {
      const recipe = await shrink(bench, finding);
      const again = known.find(({ smallest }) => smallest.join() === parts(recipe).join());
      if (again) again.count += 1;
      else
        known.push({ smallest: parts(recipe), conclusion: finding.conclusion, recipe, harm: finding.harm, count: 1 });
    }
  }
  for (const { smallest, conclusion, recipe, count } of known.sort((a, b) => b.count - a.count)) {
    const made = build(recipe);
    if (!made) continue;
    const analyzed = await check(bench, made);
    const files = made.shown.map(path => `-- ${path}\n${made.head[path] ?? ''}`);
    const before = made.ran.length > 0 ? [`-- ran before\n${made.ran.join(';\n')};`] : [];
    console.log(
      `\n## ${count} × ${conclusion}: ${smallest.join(' + ')} (Postgres: ${analyzed?.harm ?? 'nothing'})\n` +
        `${[...before, ...files].join('\n')}\nsaid: ${analyzed ? reasons(analyzed.report).join('; ') || 'nothing' : ''}\nrecipe: ${JSON.stringify(recipe)}`,
    );
  }
  const red = [...tally.red].filter(([, line]) => line.red > 0).sort(([, a], [, b]) => b.red / b.all - a.red / a.all);
  if (red.length > 0) console.log('\n## innocents that are red, by wrapper');
  for (const [id, { all, red: count, said }] of red) {
    const most = [...said]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([what, n]) => `${n} × ${what}`);
    console.log(`${id}: ${count} of ${all} (${most.join('; ')})`);
  }
  if (by('pass') + tally.crashes.length > 0) process.exitCode = 1;
} finally {
  await bench.stop();
}
