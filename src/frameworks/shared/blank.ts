import type { Migration } from '../../model/source.ts';

/** The text with everything but line ends made into spaces, so that line N stays line N. */
export const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Commands of psql after which other SQL is sent, or which decide what is sent (psql manual, "Meta-Commands"). */
const SENDS = /^\s*\\(i|ir|include|include_relative|gexec|if|elif|c|connect)\b/;

/**
 * psql's own commands (`\set`, `\echo`) and the data that follows COPY … FROM stdin: no server sees them. Those that
 * bring in other SQL are unread.
 */
export function blankPsql(sql: string): Pick<Migration, 'sql' | 'unread'> {
  if (!sql.includes('\\')) return { sql, unread: [] };
  let data = false;
  const unread: { line: number; because: string }[] = [];
  const lines = sql.split('\n').map((line, index) => {
    if (data) {
      if (line.startsWith('\\.')) data = false;
      return blank(line);
    }
    if (/^\s*copy\b.*\bfrom\s+stdin\b.*;\s*$/i.test(line)) data = true;
    const [, command] = SENDS.exec(line) ?? [];
    if (command !== undefined)
      unread.push({ line: index + 1, because: `\\${command} of psql decides what is sent here; it is not followed.` });
    return data || /^\s*\\[a-z!?]/i.test(line) ? blank(line) : line;
  });
  return { sql: lines.join('\n'), unread };
}
