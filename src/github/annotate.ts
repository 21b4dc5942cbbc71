import * as core from '@actions/core';
import type { Severity } from '../model/report.ts';
import { withoutCommands, visible } from '../model/visible.ts';

interface Annotation {
  readonly level: Severity;
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** The runner keeps ten of each level per step and drops the rest without a word (ExecutionContext.cs). */
const MOST = 10;
/** It cuts messages at 4,096 characters. */
const LONGEST = 4000;

const SAY = { error: core.error, warning: core.warning, notice: core.notice } as const;

/**
 * Marks the lines, worst first as given; what is too many is counted in the last. `spare` places of each level are
 * left for what the action itself has to say.
 */
export function annotate(all: readonly Annotation[], spare: Readonly<Record<Severity, number>>): void {
  for (const level of ['error', 'warning', 'notice'] as const) {
    const own = all.filter(annotation => annotation.level === level);
    const most = MOST - spare[level];
    const printed = own.length > most ? own.slice(0, most - 1) : own;
    for (const { title, message, file, line, endLine } of printed)
      SAY[level](harmless(message).slice(0, LONGEST), {
        title: harmless(title),
        file: harmless(file),
        startLine: line,
        endLine,
      });
    if (printed.length < own.length)
      SAY[level](`${own.length - printed.length} more are listed in the job summary.`, { title: 'Migration Gate' });
  }
}

/** The runner also obeys the old form `##[command]` anywhere in a line (ActionCommand.cs, TryParse). */
const harmless = (text: string): string => withoutCommands(visible(text));
