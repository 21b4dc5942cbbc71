import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import { renderTimelineSvg } from '../render/timeline-svg.ts';

/** Draws each timeline in which somebody waited, as `1.svg` and so on; the folder, or null where nobody did. */
export async function drawTimelines(report: Report, parent: string): Promise<string | null> {
  const timelines = report.migrations.flatMap(({ rehearsal }) =>
    rehearsal && rehearsal.timeline.blocked.length > 0 ? [rehearsal.timeline] : [],
  );
  if (timelines.length === 0) return null;
  const folder = join(parent, 'migration-gate-timelines');
  await mkdir(folder, { recursive: true });
  for (const [at, timeline] of timelines.entries())
    await writeFile(join(folder, `${at + 1}.svg`), renderTimelineSvg(timeline));
  return folder;
}
