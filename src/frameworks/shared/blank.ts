/** The text with everything but line ends made into spaces, so that line N stays line N. */
export const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** psql's own commands (`\set`, `\connect`) and the data that follows COPY … FROM stdin: no server sees them. */
export function blankPsql(sql: string): string {
  if (!sql.includes('\\')) return sql;
  let data = false;
  return sql
    .split('\n')
    .map(line => {
      if (data) {
        if (line.startsWith('\\.')) data = false;
        return blank(line);
      }
      if (/^\s*copy\b.*\bfrom\s+stdin\b.*;\s*$/i.test(line)) data = true;
      return data || /^\s*\\[a-z!?]/i.test(line) ? blank(line) : line;
    })
    .join('\n');
}
