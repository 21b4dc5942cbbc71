import type { Options } from '../config/options.ts';
import { rulesFor } from '../config/overrides.ts';
import { KINDS } from '../findings/kinds/index.ts';
import type { Proof } from '../findings/raw-finding.ts';
import type { Graded } from './report.ts';

/** A proof with its severity: as the configuration says, else the proof itself, else its kind. Nothing where it is off. */
export function graded(proof: Proof, options: Options): Graded[] {
  const { category, severity: usual } = KINDS[proof.rule];
  const severity = rulesFor(proof.span.file, options).get(proof.rule) ?? proof.severity ?? usual;
  return severity === 'off' ? [] : [{ ...proof, severity, category }];
}
