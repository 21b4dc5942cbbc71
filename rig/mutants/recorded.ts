import { uncertainCosts, trials, type Trial } from '../ground-truth/rig.ts';
import { verdict } from '../ground-truth/verdict.ts';
import type { Testimony, Witness } from './witness.ts';

/** What is recorded in the repository: samples and cases of the ground truth, docs/costs.md. */
export const recorded = async (): Promise<Witness[]> =>
  (await trials()).map(trial => ({
    name: `${trial.sql} on ${trial.major}`,
    testify: () => testify(trial),
    content: !trial.known,
    counted: true,
  }));

async function testify(trial: Trial): Promise<Testimony> {
  const prediction = await trial.predict();
  const objections = trial.object(prediction);
  const { measured, known } = trial;
  if (!measured) return { objections, uncertain: [] };
  if (!known) return { objections, uncertain: uncertainCosts(prediction, measured) };
  const { disagreements } = verdict(prediction, measured);
  return { objections: [`disagrees: ${disagreements.map(({ text }) => text).join()}`], uncertain: [] };
}
