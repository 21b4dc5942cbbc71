const PART = /"(?:[^"]|"")*"|[^\s".]+/y;
const DOT = /\s*\.\s*/y;

/** The parts of a name in a text, as regclass reads it (textToQualifiedNameList, varlena.c); null when it is not one. */
export function dottedName(text: string): string[] | null {
  const name = text.trim();
  const parts: string[] = [];
  for (let at = 0; ;) {
    PART.lastIndex = at;
    const [part] = PART.exec(name) ?? [];
    if (part === undefined) return null;
    parts.push(part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase());
    at += part.length;
    if (at === name.length) return parts;
    DOT.lastIndex = at;
    const [dot] = DOT.exec(name) ?? [];
    if (dot === undefined) return null;
    at += dot.length;
  }
}
