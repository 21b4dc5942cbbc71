import { notRun, type Answer, type Check } from '../rehearse/integrity/checks.ts';
import { onLine, type Migration } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';

/** Checks that no migration of the history let run so far: a later one may make what they ask for. */
export class UnrunChecks {
  private readonly findings = new Map<Check, RawFinding>();

  /** What a migration left to ask; nothing where it was not rehearsed to its end. */
  keep({ id, file }: Migration, answers: ReadonlyMap<Check, Answer> | undefined): void {
    if (!answers) return;
    for (const check of answers.keys()) this.findings.delete(check);
    for (const { check, message, span } of notRun(answers))
      this.findings.set(check, {
        rule: 'integrity-check',
        message: `After ${id}, ${message}`,
        span: span ?? onLine(file),
        migration: id,
      });
  }

  get rawFindings(): readonly RawFinding[] {
    return [...this.findings.values()];
  }
}
