import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import type { FindingKind } from '../model/finding-kind.ts';
import type { Report } from '../model/report.ts';
import { withoutCommands, visible } from '../model/visible.ts';
import { annotations } from '../render/annotations.ts';
import { inline } from '../render/escape.ts';
import { renderJson } from '../render/json.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderSarif } from '../render/sarif.ts';
import { renderText } from '../render/text.ts';
import { bySeverity, live, verdict } from '../render/verdict.ts';
import { annotate } from './annotate.ts';
import type { Client } from './client.ts';
import { comment } from './comment.ts';
import type { Event } from './event.ts';
import { fail, log } from './log.ts';
import { setOutputs } from './outputs.ts';
import { drawTimelines } from './timelines.ts';
import { SUMMARY_LIMIT, summarize } from './summary.ts';

export interface Place {
  readonly event: Event;
  /** Null without a token. */
  readonly client: Client | null;
  readonly when: string;
  readonly identity: string;
  /** The number of the run. */
  readonly run: number;
  readonly folder: string;
  readonly kinds: readonly FindingKind[];
}

/** Tells everybody: log, files, outputs, annotations, summary, comment. Only the report's conclusion decides. */
export async function publish(report: Report, place: Place): Promise<void> {
  log(renderText(report));
  const files = {
    report: join(place.folder, 'migration-gate.json'),
    sarif: join(place.folder, 'migration-gate.sarif'),
  };
  await writeFile(files.report, renderJson(report));
  await writeFile(files.sarif, renderSarif(report, place.kinds));
  const timelines = await drawTimelines(report, place.folder);
  const { error, warning, notice } = bySeverity(report);
  setOutputs({
    conclusion: report.conclusion,
    errors: error,
    warnings: warning,
    notices: notice,
    'blind-spots': report.blindSpots.length,
    migrations: report.migrations.length,
    ...files,
    ...(timelines !== null && { timelines }),
  });
  annotate(annotations(report), { error: 1, warning: 0, notice: 1 });
  await summarize(renderMarkdown(report, { limit: SUMMARY_LIMIT }));
  await remark(report, place);
  if (report.conclusion === 'fail') fail(verdict(report));
}

/** A change that could not be checked leaves no green comment of an earlier one standing. Creates none. */
export async function retract(
  because: string,
  { event, client, identity, run }: Pick<Place, 'event' | 'client' | 'identity' | 'run'>,
): Promise<void> {
  const { number, owner, repo } = event;
  if (number === null || client === null) return;
  const body = (): string => `### ⛔ Migration Gate could not check this change\n\n${inline(because).slice(0, 2000)}\n`;
  await comment(client, { owner, repo, number, identity, run, body, create: false });
}

async function remark(report: Report, { event, client, when, identity, run }: Place): Promise<void> {
  const { number, owner, repo } = event;
  if (number === null || when === 'never') return;
  const published = client
    ? await comment(client, {
        owner,
        repo,
        number,
        identity,
        run,
        body: limit => renderMarkdown(report, { limit }),
        create: when === 'always' || live(report).length > 0 || report.blindSpots.length > 0,
      })
    : ({ done: 'refused', because: 'github-token is not set' } as const);
  if (published.done === 'refused')
    core.notice(
      `No comment was written on the pull request: ${withoutCommands(visible(published.because))}. This does not change the result.`,
      {
        title: 'Migration Gate',
      },
    );
}
