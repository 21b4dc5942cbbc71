import { readFileSync } from 'node:fs';
import { caseFiles } from './case-file.ts';
import type { Cost, Relation } from '../../src/model/effect.ts';
import type { LockMode } from '../../src/model/lock.ts';
import type { Measured } from '../../src/measure/session.ts';

/** One statement, and what real servers did with it. */
export interface Sample {
  readonly id: string;
  readonly group: string;
  /** Committed before, on top of the fixture. */
  readonly setup: string;
  /** Run before, in the same transaction. */
  readonly before?: string;
  readonly sql: string;
  /** A setting of the session that runs it. */
  readonly setting?: string;
  /** Refuses a transaction block: its locks were polled from another session, which may miss short ones. */
  readonly alone?: true;
  /** Which of the names below are indexes, and which sequences. */
  readonly indexes?: readonly string[];
  readonly sequences?: readonly string[];
  readonly measured: readonly Answer[];
}

/** What the majors named did alike. Relations are in schema p unless they say otherwise. */
export interface Answer {
  readonly majors: readonly number[];
  readonly error?: string;
  /** Strongest mode per relation that existed before. */
  readonly locks?: Readonly<Record<string, LockMode>>;
  readonly rewrites?: readonly string[];
  readonly newFiles?: readonly string[];
  readonly builds?: readonly { readonly index: string; readonly table: string; readonly rebuild: boolean }[];
  readonly scans?: readonly string[];
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** What statements are tried on: a server prepared once, and a database on it. */
export interface World {
  /** Sent one by one, each outside a transaction: roles, tablespaces. */
  readonly server: readonly string[];
  /** In public. Binaries without the contrib modules lack them. */
  readonly extensions: readonly string[];
  /** The populated schema. */
  readonly schema: string;
  /** What every session says first. */
  readonly session: string;
}

/** The populated schema that every sample starts from. */
export const FIXTURE: World = {
  server: ['create role probe_role'],
  extensions: ['citext', 'btree_gist'],
  schema: `create schema p; set search_path = p, public;\n${read('fixture.sql')}`,
  session: 'set search_path = p, public',
};
export const SAMPLES = JSON.parse(read('costs.json')) as readonly Sample[];
/** What servers did with a statement, and which of the names are indexes and sequences. */
export type Recorded = Pick<Sample, 'indexes' | 'sequences' | 'measured'>;
const CASES = caseFiles().flatMap(({ cases }) => cases);
export const RECORDED: readonly Sample[] = CASES.map(one => ({ group: 'Cases', ...one }));

/** Samples on which the analysis and the servers differ, and why. */
export const KNOWN: Readonly<Record<string, string>> = {
  ...(JSON.parse(read('known-disagreements.json')) as Readonly<Record<string, string>>),
  ...Object.fromEntries(CASES.flatMap(({ id, known }) => (known === undefined ? [] : [[id, known]]))),
};

/** The majors that the samples were measured on. */
export const MEASURED_ON = [13, 14, 15, 16, 17, 18];
/** Samples and cases that a major can run. */
export const samplesOn = (major: number): Sample[] =>
  [...SAMPLES, ...RECORDED].filter(({ measured }) => measured.some(({ majors }) => majors.includes(major)));

/** What was measured on a major, in the product's own terms. */
export function recorded(sample: Sample, major: number): Measured {
  const answer = sample.measured.find(({ majors }) => majors.includes(major));
  if (!answer) throw new Error(`${sample.id} was not measured on ${major}`);
  const relation = (name: string): Relation => relationOf(sample, name);
  const basis = { cause: null, basis: 'measured', certainty: 'will' } as const;
  const names = { rewrite: answer.rewrites, 'new-file': answer.newFiles, scan: answer.scans } as const;
  const costs: Cost[] = [
    ...Object.entries(answer.locks ?? {}).map(
      ([name, mode]) => ({ ...basis, kind: 'lock', relation: relation(name), mode, until: 'commit' }) as const,
    ),
    ...(['rewrite', 'new-file', 'scan'] as const).flatMap(kind =>
      (names[kind] ?? []).map(name => ({ ...basis, kind, relation: relation(name) })),
    ),
    ...(answer.builds ?? []).map(
      ({ index, table, rebuild }) =>
        ({ ...basis, kind: 'build-index', relation: relation(table), index, rebuild }) as const,
    ),
  ];
  const failure = answer.error === undefined ? null : { sqlstate: '', message: answer.error };
  return { costs, ms: 0, complete: sample.alone !== true, failure };
}

function relationOf(sample: Sample, written: string): Relation {
  const [name = '', schema = 'p'] = written.split('.').reverse();
  const kind = sample.indexes?.includes(name) ? 'index' : sample.sequences?.includes(name) ? 'sequence' : 'table';
  return { schema, name, kind, age: 'existing' };
}
