import * as core from '@actions/core';

/** What later steps may read, by name; a table in the manual is made of it. */
export const OUTPUTS = {
  conclusion: '`pass`, `warn`, `fail`, or `could-not-judge` if the check could not run.',
  errors: 'Number of errors.',
  warnings: 'Number of warnings.',
  notices: 'Number of notices.',
  'blind-spots': 'Number of places that could not be analyzed.',
  migrations: 'Number of checked migrations.',
  verdict: 'In `mode: deploy`: `go`, `warn`, `block` or `could-not-judge`.',
  pending: 'In `mode: deploy`: number of migrations that the deploy would apply.',
  report: 'Path of the JSON report.',
  timelines: 'Directory with lock timelines as SVG files, one for each migration that blocked queries.',
  sarif: 'Path of the SARIF file, for `github/codeql-action/upload-sarif`.',
} as const;

export type OutputName = keyof typeof OUTPUTS;

/** Sets those given. */
export function setOutputs(values: Partial<Readonly<Record<OutputName, string | number>>>): void {
  for (const [name, value] of Object.entries(values)) core.setOutput(name, value);
}
