import { CASES } from '../cases/fuzz-cases.ts';
import { uncertainCosts, unread, unseen } from '../ground-truth/rig.ts';
import { COST_CASES } from '../cases/cost-cases.ts';
import { Bench } from '../fuzz/bench.ts';
import { run } from '../fuzz/case.ts';
import { findingsOf } from '../fuzz/finding.ts';
import type { Tried } from '../fuzz/trial.ts';
import { postgresBinaries } from '../postgres-binaries.ts';
import type { Testimony, Witness } from './witness.ts';

/** The fuzzer's cases, run on a server of the major now. */
export async function live(major: number): Promise<Witness[]> {
  const bench = await Bench.start(await postgresBinaries(major));
  try {
    const witnesses: Witness[] = [];
    for (const tried of [...CASES, ...COST_CASES]) {
      await bench.history(tried.schema);
      for await (const outcome of run(bench, tried))
        witnesses.push({
          name: `${outcome.predict().statement.sql} on ${major}, after ${tried.schema.join('; ')}`,
          testify: () => Promise.resolve(testify(outcome)),
          // An error that nothing predicts is no false cost.
          content: !outcome.findings.some(({ kind }) => kind === 'error'),
          counted: false,
        });
    }
    return witnesses;
  } finally {
    await bench.stop();
  }
}

function testify({ measured, predict }: Tried): Testimony {
  const step = predict();
  return {
    objections: [
      ...findingsOf(step, measured).map(({ text }) => text),
      ...unread(step),
      ...(measured.complete || measured.failure ? [] : unseen(step, measured)),
    ],
    uncertain: uncertainCosts(step, measured),
  };
}
