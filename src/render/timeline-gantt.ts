import type { Timeline } from '../model/timeline.ts';
import { label } from './mermaid-text.ts';
import { duration, timelineRows, type Tone } from './timeline-rows.ts';

const TAGS: Readonly<Record<Tone, string>> = {
  work: '',
  failed: 'crit, ',
  lock: 'done, ',
  strong: 'active, ',
  wait: 'done, ',
  blocked: 'crit, ',
};
const TEN_SECONDS = 10_000;

/**
 * The timeline as a Mermaid gantt chart, without the fence. Times count from the epoch, and the axis shows them as such, so
 * that no reader's time zone moves it.
 */
export function renderGantt(timeline: Timeline): string {
  const { rows, end, omitted } = timelineRows(timeline);
  const lines = ['gantt', '  dateFormat x', `  axisFormat ${end < TEN_SECONDS ? '%Q ms' : '%s s'}`];
  let section = '';
  for (const row of rows) {
    if (row.section !== section) lines.push(`  section ${label(row.section)}`);
    section = row.section;
    const ms = row.end - row.begin;
    lines.push(`  ${label(`${row.label} (${duration(ms)})`)} :${TAGS[row.tone]}${row.begin}, ${ms}ms`);
  }
  if (omitted > 0) lines.push(`  section and ${omitted} shorter`);
  return lines.join('\n');
}
