import { blocked } from '../../../model/lock.ts';
import { block, pass, warn, type Inspection, type PreflightSpec, type Size } from '../check.ts';
import type { Touched, Work } from '../touched.ts';
import { counted, quotedName, sizeText } from '../words.ts';

const DOES: Readonly<Record<Work['kind'], string>> = {
  rewrite: 'rewrites the table',
  scan: 'scans the table',
  'build-index': 'builds an index',
  'new-file': 'copies the table',
  'touch-rows': 'changes every row',
};

interface Found {
  readonly status: 'warn' | 'block';
  readonly text: string;
}

/** Real sizes and traffic: the same statement is harmless on a small, quiet table. */
export default {
  id: 'blocking-work',
  ifUnknown: 'could-not-judge',
  run: at => {
    const found = at.touched.flatMap(one => foundOf(one, at));
    const worst = found.filter(({ status }) => status === 'block');
    if (found.length === 0) return pass('No pending statement blocks a large or busy table for long.');
    const said = { objects: [...worst, ...found.filter(one => !worst.includes(one))].map(({ text }) => text) };
    if (worst.length > 0)
      return block(
        `${counted(worst.length, 'pending statement')} block queries on a huge table while they work on it.`,
        {
          ...said,
          hint: 'Use the form that does not block (CONCURRENTLY, NOT VALID and VALIDATE, batches), or deploy in a maintenance window.',
        },
      );
    return warn(`${counted(found.length, 'pending statement')} block queries on a large or busy table.`, {
      ...said,
      hint: 'Set lock_timeout, and deploy when the table has little traffic.',
    });
  },
} satisfies PreflightSpec;

function foundOf(touched: Touched, { sizeOf, facts, limits }: Inspection): Found[] {
  const size = sizeOf(touched.key);
  if (size === null) return [];
  const rate = (size.writes + size.reads) / Math.max(1, facts.server.statsSeconds);
  const what = `${quotedName(touched)} (${described(size, rate)})`;
  const isHuge = size.bytes >= (limits['huge-table'] ?? Infinity);
  const isLarge = size.bytes >= (limits['large-table'] ?? Infinity);
  const works = touched.works
    .filter(({ blocks, kind }) => blocks !== 'nothing' || kind === 'touch-rows')
    .filter(() => isLarge)
    .map(({ kind, place, blocks }): Found => ({
      // UPDATE blocks only those who want the same rows.
      status: isHuge ? 'block' : 'warn',
      text: `${place}: ${DOES[kind]} ${what}${blocks === 'nothing' ? '' : ` and blocks ${blocks}`}`,
    }));
  const isBusy = rate >= (limits['hot-table'] ?? Infinity);
  const stops = blocked(touched.mode);
  if (works.length > 0 || !isBusy || stops === 'nothing' || touched.bounded) return works;
  return [
    {
      status: 'warn',
      text: `${touched.place}: takes ${touched.mode} on ${what} without lock_timeout; ${stops} queue behind it while it waits`,
    },
  ];
}

const described = ({ rows, bytes }: Size, rate: number): string =>
  [
    ...(rows < 0 ? [] : [`${Math.round(rows).toLocaleString('en-US')} rows`]),
    sizeText(bytes),
    `${Math.round(rate).toLocaleString('en-US')} writes and scans/s`,
  ].join(', ');
