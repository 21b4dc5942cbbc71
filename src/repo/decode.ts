import { onLine } from '../model/source.ts';
import { UserError } from '../model/errors.ts';

const UTF8 = new TextDecoder('utf-8');

/**
 * The text of a file: UTF-8 with or without a byte order mark, UTF-16 with one; invalid bytes become U+FFFD. Line ends of
 * SQL stay; in all else a carriage return alone becomes a line feed. A NUL ends the text for Postgres' own parser (a C
 * string) and so would hide what follows it: refused.
 */
export function decode(bytes: Uint8Array, file: string): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return whole(new TextDecoder('utf-16le').decode(bytes), file);
  if (first === 0xfe && second === 0xff) return whole(new TextDecoder('utf-16be').decode(bytes), file);
  return whole(UTF8.decode(bytes), file);
}

/** Tools know line ends in it that differ from those of programs and settings. */
const isSql = (file: string): boolean => /sql(\.[^./]+)?$|\.(up|down)\.[^./]+$/i.test(file);

function whole(text: string, file: string): string {
  const at = text.indexOf('\0');
  if (at === -1) return isSql(file) || !text.includes('\r') ? text : text.replace(/\r(?!\n)/g, '\n');
  const line = text.slice(0, at).split(/\r\n?|\n/).length;
  throw new UserError(`${JSON.stringify(file)}, line ${line}: NUL byte. The text after it would not be read.`, {
    hint: 'Save the file as UTF-8, or as UTF-16 with a byte order mark.',
    span: onLine(file, line),
  });
}
