import { blocksReads, blocksWrites, type LockMode } from '../model/lock.ts';
import type { Timeline } from '../model/timeline.ts';

/** `work`: a statement. `lock`: held, and nobody waits for that; `strong`: it blocks. `wait`: asked for. `blocked`: others wait. */
export type Tone = 'work' | 'failed' | 'lock' | 'strong' | 'wait' | 'blocked';

/** One bar. Times in whole milliseconds, at least one long. */
interface Row {
  readonly section: string;
  readonly label: string;
  readonly tone: Tone;
  readonly begin: number;
  readonly end: number;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Bars that are left out: the shortest. */
  readonly omitted: number;
  readonly end: number;
}

/** What a reader takes in. */
const MOST = 40;
const LONGEST = 50;

/** Statements first, then each relation with the locks on it and what they made wait. */
export function timelineRows({ statements, locks, blocked }: Timeline): Rows {
  const all: Row[] = [
    ...statements.map(({ sql, failed, begin, end }, at) =>
      row('Statements', `${at + 1} ${short(sql)}`, failed ? 'failed' : 'work', begin, end),
    ),
    ...locks.map(({ relation, mode, granted, begin, end }) =>
      row(displayName(relation), granted ? mode : `waits for ${mode}`, granted ? strength(mode) : 'wait', begin, end),
    ),
    ...blocked.map(({ table, use, begin, end }) => row(displayName(table), `${use}s blocked`, 'blocked', begin, end)),
  ];
  const longest = new Set([...all].sort((a, b) => length(b) - length(a)).slice(0, MOST));
  const sections = [...new Set(all.map(({ section }) => section))];
  return {
    rows: sections.flatMap(section => all.filter(one => one.section === section && longest.has(one))),
    omitted: all.length - longest.size,
    end: Math.max(1, ...all.map(({ end }) => end)),
  };
}

function row(section: string, label: string, tone: Tone, begin: number, end: number): Row {
  const from = Math.round(begin);
  return { section, label, tone, begin: from, end: Math.max(from + 1, Math.round(end)) };
}

const length = ({ begin, end, tone }: Row): number => (tone === 'work' || tone === 'failed' ? Infinity : end - begin);
const strength = (mode: LockMode): Tone => (blocksReads(mode) || blocksWrites(mode) ? 'strong' : 'lock');
const displayName = (key: string): string => key.replace(/^public\./, '');
const short = (sql: string): string => {
  const flat = sql.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
};

/** `320 ms`, `4.2 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
