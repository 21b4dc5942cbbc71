const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['42501', 'the role has no privilege to read it'],
  ['55P03', 'another session holds a lock on it'],
  ['57014', 'it did not answer within 2 seconds'],
]);

/** The SQLSTATE of an error; empty for any other. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Why something could not be read, as the end of a sentence. A bug of ours is not one of these, and is thrown. */
export function problemOf(error: unknown): string {
  const code = codeOf(error);
  if (code === '') throw error;
  return PROBLEMS.get(code) ?? `reading it failed (${code})`;
}
