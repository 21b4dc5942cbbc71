import type { Options } from '../config/options.ts';
import { rulesFor } from '../config/overrides.ts';
import { KINDS } from '../findings/kinds/index.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import type { Graded } from './report.ts';

/** A finding with its severity: as the configuration says, else the finding itself, else its kind. Nothing where it is off. */
export function withSeverity(rawFinding: RawFinding, options: Options): Graded[] {
  const { category, severity: usual } = KINDS[rawFinding.rule];
  const severity = rulesFor(rawFinding.span.file, options).get(rawFinding.rule) ?? rawFinding.severity ?? usual;
  return severity === 'off' ? [] : [{ ...rawFinding, severity, category }];
}
