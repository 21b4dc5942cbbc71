import type { ResidueKind, Residue } from '../rehearse/integrity/residue.ts';
import { onLine, type Migration } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { RawFinding } from '../findings/raw-finding.ts';

/** NOT VALID is half of a good way: VALIDATE comes in a later deploy. Rows that a new key forbids are its other half. */
const HALF_WAY: ReadonlySet<ResidueKind> = new Set(['not-valid', 'orphans']);

/** What a migration has left behind, as findings. */
export const residueFindings = (migration: Migration, steps: readonly Step[], leftovers: Residue): RawFinding[] =>
  [...leftovers].map(([message, kind]) => {
    const line = steps[0]?.statement.span.line ?? 1;
    return {
      rule: 'leftover',
      message: `After ${migration.id}, ${message}.`,
      span: onLine(migration.file, line),
      migration: migration.id,
      ...(HALF_WAY.has(kind) && { severity: 'notice' }),
    };
  });
