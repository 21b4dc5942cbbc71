import type { Timeline } from '../model/timeline.ts';
import { duration, timelineRows, type Tone } from './timeline-rows.ts';

const COLOURS: Readonly<Record<Tone, string>> = {
  work: '#57606a',
  failed: '#82071e',
  lock: '#8c959f',
  strong: '#bf8700',
  wait: '#d4a72c',
  blocked: '#cf222e',
};
const ROW = 22;
const NAMES = 340;
const WIDTH = 640;
const MARGIN = 12;
const TICKS = 5;

/** Text of a pull request as XML, which has no place for control characters and halves of pairs. */
const xml = (text: string): string =>
  text
    .replace(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** The timeline as an SVG file: text and rectangles, nothing that runs or loads. */
export function renderTimelineSvg(timeline: Timeline): string {
  const { rows, end, omitted } = timelineRows(timeline);
  const x = (ms: number): number => NAMES + Math.round((ms / end) * WIDTH);
  const lines: string[] = [];
  let y = MARGIN;
  let section = '';
  for (const { section: rowSection, label, tone, begin, end: until } of rows) {
    if (rowSection !== section) {
      lines.push(text(MARGIN, y + 15, rowSection, ' font-weight="bold"'));
      y += ROW;
    }
    section = rowSection;
    const wide = Math.max(2, x(until) - x(begin));
    lines.push(
      text(MARGIN * 2, y + 15, label, ''),
      `<rect x="${x(begin)}" y="${y + 3}" width="${wide}" height="${ROW - 6}" fill="${COLOURS[tone]}"><title>${xml(`${label}: ${duration(until - begin)}`)}</title></rect>`,
    );
    y += ROW;
  }
  if (omitted > 0) lines.push(text(MARGIN, (y += ROW) - 7, `and ${omitted} shorter`, ''));
  const ticks = Array.from({ length: TICKS + 1 }, (_, nth) => (end / TICKS) * nth).map(
    ms =>
      `<line x1="${x(ms)}" y1="${MARGIN}" x2="${x(ms)}" y2="${y}" stroke="#d0d7de"/>${text(x(ms) - 12, y + 15, duration(ms), '')}`,
  );
  const [width, height] = [NAMES + WIDTH + 5 * MARGIN, y + ROW + MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...ticks,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

const text = (x: number, y: number, content: string, more: string): string =>
  `<text x="${x}" y="${y}"${more}>${xml(content)}</text>`;
