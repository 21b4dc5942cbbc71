/** A value with a line break, whatever it is. */
const SEVERAL_LINES = '\n';

/** Lines `key = value` of properties, conf and TOML files; a table `[a.b]` of TOML stands before its keys. */
function settingsIn(text: string): [string, string][] {
  let table = '';
  return text.split(/\r\n|\r|\n/).flatMap((line): [string, string][] => {
    const header = /^\s*\[([\w.-]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) table = `${header}.`;
    const [, key, written = ''] = /^\s*(?![#!])([\w.:-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined) return [];
    // An escape, or a text of several lines, may bring a line break.
    if (/\\|^"{3}|^'{3}/.test(written)) return [[`${table}${key}`, SEVERAL_LINES]];
    const value = /^"([^"\\]*)"|^'([^']*)'/.exec(written);
    return [[`${table}${key}`, value ? (value[1] ?? value[2] ?? '') : written]];
  });
}

/**
 * What all files say of a key; null where none does, where they differ, or where the value is made of others in turn.
 */
export function agreed(texts: readonly string[], isKey: (key: string) => boolean): string | null {
  const values = new Set(texts.flatMap(text => settingsIn(text).flatMap(([key, value]) => (isKey(key) ? value : []))));
  const [only] = values;
  return values.size === 1 && only !== undefined && !only.includes('${') ? only : null;
}
