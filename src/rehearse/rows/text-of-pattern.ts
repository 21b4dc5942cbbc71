import { bare } from '../../model/bare.ts';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const CLASSES: Readonly<Record<string, string>> = bare({ d: '0123456789', w: `${LOWER}0123456789_`, s: ' ' });

/** The characters of each position of a text that fits a simple regular expression; null where it is not simple. */
export function textOfPattern(pattern: string): string[] | null {
  const places: string[] = [];
  const piece = /\\(.)|\[([^\]^][^\]]*)\]|([^\\[\]()|*+?{}])/y;
  const count = /\{(\d+)(?:,\d*)?\}|[*+?]/y;
  const body = pattern.replace(/^\^/, '').replace(/\$$/, '');
  for (let at = 0; at < body.length;) {
    piece.lastIndex = at;
    const match = piece.exec(body);
    if (match === null) return null;
    at = piece.lastIndex;
    const [, escaped, set, plain] = match;
    const chars =
      set === undefined ? (plain === '.' ? LOWER : (plain ?? CLASSES[escaped ?? ''] ?? escaped ?? '')) : members(set);
    count.lastIndex = at;
    const times = count.exec(body);
    if (times) at = count.lastIndex;
    // An open-ended piece takes a few characters, so that values differ.
    const length = times === null ? 1 : times[1] === undefined ? (times[0] === '?' ? 0 : 8) : Number(times[1]);
    for (let i = 0; i < Math.min(length, 64); i++) places.push(chars);
  }
  return places;
}

function members(set: string): string {
  return set
    .replace(/\\([dws])/g, (_, name: string) => CLASSES[name] ?? '')
    .replace(/\[:(\w+):\]?/g, (_, name: string) => (name === 'digit' ? '0123456789' : LOWER))
    .replace(/([a-zA-Z0-9])-([a-zA-Z0-9])/g, (_, from: string, to: string) =>
      Array.from({ length: Math.max(0, to.charCodeAt(0) - from.charCodeAt(0) + 1) }, (__, i) =>
        String.fromCharCode(from.charCodeAt(0) + i),
      ).join(''),
    )
    .replace(/\\(.)/g, '$1');
}
