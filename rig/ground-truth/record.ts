import { keyOf } from '../../src/model/schema.ts';
import type { Cost, Relation } from '../../src/model/effect.ts';
import type { Measured } from '../../src/measure/session.ts';
import type { Answer, Recorded } from './records.ts';

const nameOf = (relation: Relation): string => (relation.schema === 'p' ? relation.name : keyOf(relation));

/** What was measured as the files of cases/ have it: majors that did alike stand together. */
export function record(measured: ReadonlyMap<number, Measured>): Recorded {
  const costs = [...measured.values()].flatMap(one => one.costs);
  const named = (kind: Relation['kind']): string[] =>
    [...new Set(costs.flatMap(c => (c.relation?.kind === kind ? nameOf(c.relation) : [])))].sort();
  const answers = new Map<string, { majors: number[]; answer: Omit<Answer, 'majors'> }>();
  for (const [major, one] of measured) {
    const answer = answerOf(one);
    const key = JSON.stringify(answer);
    const alike = answers.get(key) ?? { majors: [], answer };
    alike.majors.push(major);
    answers.set(key, alike);
  }
  const [indexes, sequences] = [named('index'), named('sequence')];
  return {
    ...(indexes.length > 0 && { indexes }),
    ...(sequences.length > 0 && { sequences }),
    measured: [...answers.values()].map(({ majors, answer }) => ({ majors, ...answer })),
  };
}

function answerOf({ costs, failure }: Measured): Omit<Answer, 'majors'> {
  if (failure) return { error: failure.message };
  const on = (kind: Cost['kind']): string[] =>
    [...new Set(costs.flatMap(cost => (cost.kind === kind && cost.relation ? nameOf(cost.relation) : [])))].sort();
  const locks = costs
    .flatMap(cost => (cost.kind === 'lock' ? [[nameOf(cost.relation), cost.mode] as const] : []))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const builds = costs
    .flatMap(cost => (cost.kind === 'build-index' ? cost : []))
    .map(({ index, relation, rebuild }) => ({ index, table: nameOf(relation), rebuild }))
    .sort((a, b) => (a.index < b.index ? -1 : 1));
  const [rewrites, newFiles, scans] = [on('rewrite'), on('new-file'), on('scan')];
  return {
    ...(locks.length > 0 && { locks: Object.fromEntries(locks) }),
    ...(rewrites.length > 0 && { rewrites }),
    ...(newFiles.length > 0 && { newFiles }),
    ...(builds.length > 0 && { builds }),
    ...(scans.length > 0 && { scans }),
  };
}
