import type { Migration } from '../../model/source.ts';
import { Lines } from '../../sql/lines.ts';
import { tokens } from '../../sql/tokens.ts';

const ALONE = /\r(?!\n)/g;

/** A carriage return alone ends a line to editors and to Postgres: a line feed in its place keeps every position. */
export const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(ALONE, '\n') : text);

/** Tools that read by lines see one line there, whatever stands behind the carriage return. */
export const oneLineToTools = (text: string, isReadByLines: boolean): Migration['unread'] => {
  const at = isReadByLines ? text.search(ALONE) : -1;
  return at < 0
    ? []
    : [
        {
          line: withLineFeeds(text.slice(0, at)).split('\n').length,
          because:
            'A line ends with a carriage return alone, which is no end of a line to the tool: what it takes for its own marks and commands is not known. Save the file with line feeds.',
        },
      ];
};

/** What was no text in UTF-8 outside of comments: the server would refuse it, or read it as another encoding says. */
export function notUtf8(sql: string): Migration['unread'] {
  if (!sql.includes('\ufffd')) return [];
  const lines = new Lines(sql);
  for (const { kind, start, end } of tokens(sql))
    if (kind !== 'comment' && sql.slice(start, end).includes('\ufffd'))
      return [
        {
          line: lines.at(start),
          because: 'Bytes that are not UTF-8: what they stand for is not known. Save the file as UTF-8.',
        },
      ];
  return [];
}
