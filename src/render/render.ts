import type { FindingKind } from '../model/finding-kind.ts';
import type { Report } from '../model/report.ts';
import { renderGithub } from './annotations.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';
import { withoutCommands } from '../model/visible.ts';

interface RenderOptions {
  readonly colour: boolean;
  /** Text tells what becomes of the schema; other formats always do. */
  readonly schema: boolean;
  readonly kinds: readonly FindingKind[];
}

const RENDERERS = {
  text: (report: Report, { colour, schema }: RenderOptions): string =>
    withoutCommands(renderText(report, { colour, schema })),
  json: (report: Report): string => renderJson(report),
  markdown: (report: Report): string => withoutCommands(renderMarkdown(report, { limit: Infinity })),
  sarif: (report: Report, { kinds }: RenderOptions): string => renderSarif(report, kinds),
  github: (report: Report): string => renderGithub(report),
};

/** One report in the format asked for. */
export const render = (report: Report, format: keyof typeof RENDERERS, options: RenderOptions): string =>
  RENDERERS[format](report, options);
