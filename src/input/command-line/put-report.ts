import type { Arguments } from '../../config/flags.ts';
import { findingKinds } from '../../findings/registry.ts';
import type { Report } from '../../model/report.ts';
import { render } from '../../render/render.ts';
import { putText } from './report-file.ts';
import { hasColour } from './terminal.ts';

/** Prints the report, or writes it where the arguments say; the exit status. */
export async function putReport(report: Report, { format, output, schema }: Arguments): Promise<number> {
  const colour = output === null && hasColour(process.stdout);
  const text = render(report, format, { colour, schema, kinds: findingKinds });
  await putText(text, output);
  return report.conclusion === 'fail' ? 1 : 0;
}
