import { readdirSync, readFileSync } from 'node:fs';
import { isMap, isSeq, parseDocument, YAMLMap, type Document } from 'yaml';
import type { LockMode } from '../../src/model/lock.ts';
import type { Answer, Recorded, Sample } from './records.ts';

/** Cases that stand on the same objects, which are added to the fixture before each of them. */
interface Group {
  /** A file of `schemas/`. */
  readonly schema?: string;
  readonly setup?: string;
  readonly cases: readonly Entry[];
}

/** A case as its file has it. Relations are tables unless their kind is written before the name: `index orders_pkey`. */
interface Entry {
  readonly name: string;
  readonly sql: string;
  /** No server takes it in a transaction block. */
  readonly 'outside-transaction'?: true;
  /** Why the analysis cannot predict all of it. */
  readonly known?: string;
  /** By majors: `13-17`, `18`. Absent until `npm run ground-truth -- --record` has measured it. */
  readonly measured?: Readonly<Record<string, Outcome>>;
}

interface Outcome {
  readonly error?: string;
  readonly locks?: Readonly<Partial<Record<LockMode, readonly string[]>>>;
  readonly rewrites?: readonly string[];
  readonly 'new-files'?: readonly string[];
  /** The table of each index. */
  readonly builds?: Readonly<Record<string, string>>;
  readonly rebuilds?: Readonly<Record<string, string>>;
  readonly scans?: readonly string[];
}

type Case = Omit<Sample, 'group' | 'before' | 'setting'> & { readonly known?: string };

const FOLDER = new URL('cases/', import.meta.url);

/** One of the files of `cases/`, each about one kind of object. */
export interface CaseFile {
  readonly url: URL;
  readonly cases: readonly Case[];
  /** The file's text with what servers did with the cases named. */
  withRecords(records: ReadonlyMap<string, Recorded>): string;
}

export function caseFiles(): CaseFile[] {
  return readdirSync(FOLDER)
    .sort()
    .map(name => {
      const url = new URL(name, FOLDER);
      const text = readFileSync(url, 'utf8');
      const groups = parseDocument(text, { uniqueKeys: true }).toJS() as readonly Group[];
      return {
        url,
        cases: groups.flatMap(({ schema, setup = '', cases }) => {
          const all =
            schema === undefined ? setup : readFileSync(new URL(`schemas/${schema}.sql`, import.meta.url), 'utf8');
          return cases.map(entry => caseOf(entry, all));
        }),
        withRecords: records => recordIn(parseDocument(text), records),
      };
    });
}

function caseOf({ name, sql, known, measured = {}, ...entry }: Entry, setup: string): Case {
  const answers = Object.entries(measured)
    .map(([majors, outcome]) => answerOf(majorsIn(majors), outcome))
    .sort((a, b) => Math.min(...a.majors) - Math.min(...b.majors));
  const names = new Set(Object.values(measured).flatMap(relationsIn));
  const ofKind = (kind: string): string[] =>
    [...names].filter(text => text.startsWith(`${kind} `)).map(text => bareName(text));
  return {
    id: name,
    setup,
    sql,
    ...(entry['outside-transaction'] && { alone: true }),
    ...(known !== undefined && { known }),
    indexes: ofKind('index'),
    sequences: ofKind('sequence'),
    measured: answers,
  };
}

const relationsIn = ({ locks = {}, rewrites = [], scans = [], ...outcome }: Outcome): string[] => [
  ...Object.values(locks).flat(),
  ...rewrites,
  ...(outcome['new-files'] ?? []),
  ...scans,
];

const bareName = (text: string): string => text.replace(/^(index|sequence) /, '');

function answerOf(majors: readonly number[], { error, locks, builds, rebuilds, ...outcome }: Outcome): Answer {
  const names = (texts: readonly string[] | undefined): string[] | undefined => texts?.map(bareName);
  const [rewrites, newFiles, scans] = [names(outcome.rewrites), names(outcome['new-files']), names(outcome.scans)];
  const built = [
    ...Object.entries(builds ?? {}).map(([index, table]) => ({ index, table, rebuild: false })),
    ...Object.entries(rebuilds ?? {}).map(([index, table]) => ({ index, table, rebuild: true })),
  ];
  return {
    majors,
    ...(error !== undefined && { error }),
    ...(locks && {
      locks: Object.fromEntries(
        Object.entries(locks).flatMap(([mode, texts]) => texts.map(text => [bareName(text), mode as LockMode])),
      ),
    }),
    ...(rewrites && { rewrites }),
    ...(newFiles && { newFiles }),
    ...(built.length > 0 && { builds: built }),
    ...(scans && { scans }),
  };
}

/** `13-15, 18` is 13, 14, 15 and 18. */
const majorsIn = (text: string): number[] =>
  text.split(', ').flatMap(range => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
  });

function rangesOf(majors: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const major of majors) {
    const range = ranges.at(-1);
    if (range?.[1] === major - 1) range[1] = major;
    else ranges.push([major, major]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

function outcomeOf(answer: Answer, { indexes = [], sequences = [] }: Recorded): Outcome {
  const written = (name: string): string =>
    indexes.includes(name) ? `index ${name}` : sequences.includes(name) ? `sequence ${name}` : name;
  const locks: Partial<Record<LockMode, string[]>> = {};
  for (const [name, mode] of Object.entries(answer.locks ?? {})) (locks[mode] ??= []).push(written(name));
  const built = (rebuild: boolean): Readonly<Record<string, string>> | undefined => {
    const all = (answer.builds ?? []).filter(build => build.rebuild === rebuild);
    return all.length > 0 ? Object.fromEntries(all.map(({ index, table }) => [index, table])) : undefined;
  };
  const [builds, rebuilds] = [built(false), built(true)];
  return {
    ...(answer.error !== undefined && { error: answer.error }),
    ...(answer.locks && { locks }),
    ...(answer.rewrites && { rewrites: answer.rewrites.map(written) }),
    ...(answer.newFiles && { 'new-files': answer.newFiles.map(written) }),
    ...(builds && { builds }),
    ...(rebuilds && { rebuilds }),
    ...(answer.scans && { scans: answer.scans.map(written) }),
  };
}

/** Comments, order and texts of the file stay as they are. */
function recordIn(file: Document, records: ReadonlyMap<string, Recorded>): string {
  for (const group of isSeq(file.contents) ? file.contents.items : []) {
    const cases = isMap(group) ? group.get('cases') : undefined;
    for (const entry of isSeq(cases) ? cases.items : []) {
      const record = isMap(entry) ? records.get(String(entry.get('name'))) : undefined;
      if (!record || !isMap(entry)) continue;
      const measured = new YAMLMap<string, unknown>();
      for (const answer of record.measured)
        measured.set(rangesOf(answer.majors), file.createNode(outcomeOf(answer, record), { flow: true }));
      entry.set('measured', measured);
    }
  }
  return file.toString({ lineWidth: 120, blockQuote: 'literal' });
}
