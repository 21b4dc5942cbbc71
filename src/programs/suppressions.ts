/** A comment of the program, and where it begins. */
interface Suppression {
  readonly value: string;
  readonly line: number;
}

/** Puts `// migration-gate: allow …` of the program into its SQL, on the same line, as a comment of SQL. */
export function suppressionComments(sql: string, comments: readonly Suppression[]): string {
  const own = comments.filter(({ value }) => /^\s*migration-gate:/i.test(value));
  if (own.length === 0) return sql;
  const lines = sql.split('\n');
  for (const { value, line } of own) {
    const text = value.trim().replace(/\s+/g, ' ').replaceAll('*/', '').replaceAll('/*', '');
    lines[line - 1] = `/* ${text} */ ${lines[line - 1] ?? ''}`;
  }
  return lines.join('\n');
}
