import { readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { mutate } from '../rig/mutants/mutations.ts';
import { Switch } from '../rig/mutants/switch.ts';
import type { Testimony, Witness } from '../rig/mutants/witness.ts';
import { MAJORS } from '../rig/postgres-binaries.ts';

/**
 * Changes one cost at a time and asks whether anything notices: `npm run mutants`. The recorded ground truth is asked, and
 * the fuzzer's cases, which are run on a server of each major first. A mutant that nothing notices is a failure unless
 * mutants/survivors.json says why it survives.
 */
const { values } = parseArgs({
  options: {
    /** Says of each mutant what notices it. */
    verbose: { type: 'boolean', default: false },
    /** Looks for cases that notice the survivors, in so many random migrations on each of some majors. */
    hunt: { type: 'string', default: '0' },
    postgres: { type: 'string', default: '13,15,18' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const top = fileURLToPath(new URL('..', import.meta.url));
const PRICES = 'src/effects/predict';
const files = [
  ...readdirSync(join(top, PRICES)).map(name => `${PRICES}/${name}`),
  ...['errors/version-support', 'errors/transaction-block', 'retype'].map(name => `src/effects/${name}.ts`),
].map(name => join(top, name));
const { mutants, sources } = mutate(files, top);

const switches = new Switch();
// eslint-disable-next-line @typescript-eslint/no-deprecated -- Node 20 has no registerHooks.
register('../rig/mutants/loader.mjs', import.meta.url, {
  data: new Map([...sources].map(([path, text]) => [pathToFileURL(path).href, text])),
});

// Only now: what is imported before is not mutated.
const { recorded } = await import('../rig/mutants/recorded.ts');
const { live } = await import('../rig/mutants/live.ts');
const { hunt } = await import('../rig/mutants/hunt.ts');
const onRecord = await recorded();
const onServers = (await Promise.all(MAJORS.map(live))).flat();

/** What the costs as they are let each of them say. */
const before = new Map<Witness, Testimony>();
const reaching = new Map<number, Witness[]>();
for (const witness of [...onRecord, ...onServers]) {
  const { done: said, reached } = await switches.reachedBy(() => witness.testify());
  if (witness.content && said.objections.length > 0)
    throw new Error(`without a mutant, ${witness.name}: ${said.objections.join('; ')}`);
  before.set(witness, said);
  for (const id of reached) reaching.set(id, [...(reaching.get(id) ?? []), witness]);
}

/** What notices the mutant: a witness, or the tally of all possible costs. */
async function killer(id: number): Promise<string | null> {
  const mutated = new Map<string, Set<boolean>>();
  const counts = new Map<string, number>();
  for (const witness of reaching.get(id) ?? []) {
    try {
      const { objections, uncertain } = await witness.testify();
      const normal = before.get(witness);
      const objection = objections.find(text => normal?.objections.includes(text) !== true);
      if (objection !== undefined) return `${witness.name}: ${objection}`;
      for (const { name, arose } of uncertain)
        if (name.includes('a mutant')) mutated.set(name, (mutated.get(name) ?? new Set()).add(arose));
        else count(witness, `${name} ${arose}`, 1);
      for (const { name, arose } of normal?.uncertain ?? []) count(witness, `${name} ${arose}`, -1);
    } catch (error) {
      return `${witness.name}: ${String(error)}`;
    }
  }
  function count({ counted }: Witness, name: string, one: number): void {
    if (counted) counts.set(name, (counts.get(name) ?? 0) + one);
  }
  const [idle] = [...mutated].find(([, answers]) => answers.size === 1) ?? [];
  const [other] = [...counts].find(([, sum]) => sum !== 0) ?? [];
  return idle ?? other ?? null;
}

/**
 * Survivors and why they survive. `same`: no server could tell the mutant from the original. `unnoticed`: one could, and no
 * record does.
 */
const excused = JSON.parse(readFileSync(new URL('../rig/mutants/survivors.json', import.meta.url), 'utf8')) as Readonly<
  Record<'same' | 'unnoticed', Readonly<Record<string, string>>>
>;
const reasons = { ...excused.same, ...excused.unnoticed };
const survivors = new Map<string, string>();
for (const [index, mutant] of mutants.entries()) {
  const by = await switches.having(index + 1, () => killer(index + 1));
  if (by === null)
    survivors.set(mutant.name, `${reaching.get(index + 1)?.length ?? 0} witnesses reach line ${mutant.line}`);
  if (values.verbose)
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
  `${onRecord.length} recorded statements, ${onServers.length} measured now on ${MAJORS.length} majors. ${mutants.length} mutants, ${mutants.length - telling} of them the same as the price; of the others ${killed} are noticed, ${telling - killed} not (${(100 * rate).toFixed(1)} %).`,
);
if (stale.length > 0 || [...survivors.keys()].some(name => !(name in reasons)) || rate < 0.98) process.exitCode = 1;

const sought = new Set(mutants.flatMap(({ name }, index) => (survivors.has(name) ? [index + 1] : [])));
for (const major of Number(values.hunt) > 0 ? values.postgres.split(',').map(Number) : []) {
  const found = await hunt(sought, { switches, major, runs: Number(values.hunt), seed: Number(values.seed) });
  for (const [id, { schema, migration }] of found) {
    sought.delete(id);
    const sql = [...schema, '-- the migration', ...migration].join(';\n');
    console.log(`\n## ${mutants[id - 1]?.name ?? ''}\n-- Postgres ${major}, seed ${values.seed}\n${sql};`);
  }
}
