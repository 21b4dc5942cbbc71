import { readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mutate } from './mutants/mutations.ts';

/**
 * Changes one price at a time and asks the recorded ground truth whether it notices: `npm run mutants`. A mutant that
 * nothing notices is a failure unless mutants/survivors.json says why it survives.
 */
const top = fileURLToPath(new URL('..', import.meta.url));
const PRICES = 'src/effects/price';
const files = [
  ...readdirSync(join(top, PRICES)).map(name => `${PRICES}/${name}`),
  ...['since', 'alone', 'retype'].map(name => `src/effects/${name}.ts`),
].map(name => join(top, name));
const { mutants, sources } = mutate(files, top);

let active = 0;
let reached = new Set<number>();
Object.assign(globalThis, {
  mutant: (id: number): boolean => {
    reached.add(id);
    return id === active;
  },
});
// eslint-disable-next-line @typescript-eslint/no-deprecated -- Node 20 has no registerHooks.
register('./mutants/loader.mjs', import.meta.url, {
  data: new Map([...sources].map(([path, text]) => [pathToFileURL(path).href, text])),
});

// Only now: what is imported before is not mutated.
const { Doubts, doubts, trials } = await import('../__tests__/ground-truth/rig.ts');
const { verdict } = await import('../__tests__/ground-truth/verdict.ts');
const said = (...[prediction, measured]: Parameters<typeof verdict>): string =>
  verdict(prediction, measured)
    .disagreements.map(({ text }) => text)
    .join();
const all = await trials();
const reaching = new Map<number, typeof all>();
const saidOf = new Map<(typeof all)[number], string>();
const doubted0 = new Map<(typeof all)[number], ReturnType<typeof doubts>>();
for (const trial of all) {
  reached = new Set();
  const prediction = await trial.predict();
  const objections = trial.object(prediction);
  if (trial.measured && trial.known) saidOf.set(trial, said(prediction, trial.measured));
  if (trial.measured && !trial.known) doubted0.set(trial, doubts(prediction, trial.measured));
  if (objections.length > 0)
    throw new Error(`without a mutant, ${trial.sql} on ${trial.major}: ${objections.join('; ')}`);
  for (const id of reached) reaching.set(id, [...(reaching.get(id) ?? []), trial]);
}

/** What notices the mutant: a trial, or the tally of all doubts. */
async function killer(id: number): Promise<string | null> {
  active = id;
  const idle = new Doubts();
  const counts = new Map<string, number>();
  for (const trial of reaching.get(id) ?? []) {
    try {
      const prediction = await trial.predict();
      const [objection] = trial.object(prediction);
      if (objection !== undefined) return `${trial.sql} on ${trial.major}: ${objection}`;
      if (trial.known && trial.measured && said(prediction, trial.measured) !== saidOf.get(trial))
        return `${trial.sql} on ${trial.major}: disagrees otherwise than is known`;
      if (!trial.measured || trial.known) continue;
      idle.add(prediction, trial.measured);
      for (const [doubted, one] of [
        [doubts(prediction, trial.measured), 1],
        [doubted0.get(trial) ?? [], -1],
      ] as const)
        for (const { name, arose } of doubted)
          if (!name.includes('a mutant')) counts.set(`${name} ${arose}`, (counts.get(`${name} ${arose}`) ?? 0) + one);
    } catch (error) {
      return `${trial.sql} on ${trial.major}: ${String(error)}`;
    }
  }
  const other = [...counts].find(([, count]) => count !== 0);
  return idle.idle.find(name => name.includes('a mutant')) ?? other?.[0] ?? null;
}

/**
 * Survivors and why they survive. `same`: no server could tell the mutant from the price. `unnoticed`: one could, and no
 * record does.
 */
const excused = JSON.parse(readFileSync(new URL('mutants/survivors.json', import.meta.url), 'utf8')) as Readonly<
  Record<'same' | 'unnoticed', Readonly<Record<string, string>>>
>;
const reasons = { ...excused.same, ...excused.unnoticed };
const survivors = new Map<string, string>();
for (const [index, mutant] of mutants.entries()) {
  const by = await killer(index + 1);
  if (by === null)
    survivors.set(mutant.name, `${reaching.get(index + 1)?.length ?? 0} trials reach line ${mutant.line}`);
  if (process.argv.includes('--verbose'))
    console.log(
      `${by === null ? 'survived' : 'killed  '} ${mutant.name} (line ${mutant.line})${by === null ? '' : `\n             by ${by}`}`,
    );
}
for (const [name, reach] of survivors)
  console.log(`survived: ${name}\n          ${reasons[name] ?? `${reach}; no reason is listed`}`);
const stale = Object.keys(reasons).filter(name => !survivors.has(name));
for (const name of stale) console.log(`listed as surviving, and does not: ${name}`);
const telling = mutants.length - [...survivors.keys()].filter(name => name in excused.same).length;
const killed = mutants.length - survivors.size;
const rate = killed / telling;
console.log(
  `${mutants.length} mutants, ${mutants.length - telling} of them the same as the price; of the others ${killed} are noticed, ${telling - killed} not (${(100 * rate).toFixed(1)} %).`,
);
if (stale.length > 0 || [...survivors.keys()].some(name => !(name in reasons)) || rate < 0.98) process.exitCode = 1;
