import type { Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';

/** Steps that commit together. */
export interface TransactionGroup {
  readonly steps: readonly Step[];
  /** False for one statement that the tool sends outside a transaction block. */
  readonly block: boolean;
}

/** The file's transactions as its tool makes them; BEGIN and COMMIT of the file itself are their borders. */
export function transactionGroups(steps: readonly Step[]): TransactionGroup[] {
  const runs: { steps: Step[]; block: boolean }[] = [];
  for (const step of steps) {
    if (step.changes.some(change => change.kind === 'transaction')) continue;
    const { block, position } = step.transaction;
    const last = runs.at(-1);
    if (block && position > 0 && last?.block) last.steps.push(step);
    else runs.push({ steps: [step], block });
  }
  return runs;
}

export const statementsOf = (run: TransactionGroup): readonly Statement[] => run.steps.map(step => step.statement);
