import { blank } from './blank.ts';

/** A file that holds both directions: each with the other blanked. Text before the first marker belongs to neither. */
export function sections(text: string, up: RegExp, down: RegExp): { up: string; down: string; upLine: string } {
  let at: 'up' | 'down' | null = null;
  let upLine = '';
  const ups: string[] = [];
  const downs: string[] = [];
  for (const line of text.split('\n')) {
    const marker = up.test(line) ? 'up' : down.test(line) ? 'down' : null;
    if (marker) at = marker;
    if (marker === 'up') upLine = line;
    ups.push(at === 'up' && !marker ? line : blank(line));
    downs.push(at === 'down' && !marker ? line : blank(line));
  }
  return { up: ups.join('\n'), down: downs.join('\n'), upLine };
}

/** A file in which only the down migration has a marker. */
export function before(text: string, down: RegExp): { up: string; down: string } {
  const first = '-- up\n';
  const parts = sections(`${first}${text}`, /^-- up$/, down);
  return { up: parts.up.slice(parts.up.indexOf('\n') + 1), down: parts.down.slice(parts.down.indexOf('\n') + 1) };
}
