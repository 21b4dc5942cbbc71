import type { FindingKind } from '../model/finding-kind.ts';
import type { Report } from '../model/report.ts';
import { renderGithub } from './annotations.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';
import { unspoken } from '../model/visible.ts';

interface Taste {
  readonly colour: boolean;
  /** Text tells what becomes of the schema; other formats always do. */
  readonly schema: boolean;
  readonly kinds: readonly FindingKind[];
}

const RENDERERS = {
  text: (report: Report, { colour, schema }: Taste): string => unspoken(renderText(report, { colour, schema })),
  json: (report: Report): string => renderJson(report),
  markdown: (report: Report): string => unspoken(renderMarkdown(report, { limit: Infinity })),
  sarif: (report: Report, { kinds }: Taste): string => renderSarif(report, kinds),
  github: (report: Report): string => renderGithub(report),
};

/** One report in the format asked for. */
export const render = (report: Report, format: keyof typeof RENDERERS, taste: Taste): string =>
  RENDERERS[format](report, taste);
