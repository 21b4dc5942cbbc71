import type { Span } from './source.ts';
import { withoutCommands, visible } from './visible.ts';

/** The user's to fix: bad configuration, unreadable input, no permission. An entry point prints it without a stack and exits 2. */
export class UserError extends Error {
  override readonly name = 'Expected';
  readonly hint: string | null;
  readonly span: Span | null;

  constructor(
    message: string,
    { hint = null, span = null, cause }: { hint?: string | null; span?: Span | null; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.hint = hint;
    this.span = span;
  }
}

/** For a terminal. A defect with its stack, and without its properties, which may hold an address with a password. */
export const formatError = (error: unknown): string => withoutCommands(visible(textOf(error)));

function textOf(error: unknown): string {
  if (error instanceof UserError) return error.hint === null ? error.message : `${error.message}\n${error.hint}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
