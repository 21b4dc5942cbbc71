const SPECIAL = /[.+^$()|[\]\\]/;

/** A glob as a regular expression: `**` any folders, `*` and `?` within a name, `{a,b}` either. */
export function globPattern(glob: string): RegExp {
  const text = glob.replace(/^\.\//, '');
  let pattern = '';
  let braces = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (text.startsWith('**/', at)) {
      pattern += '(?:.*/)?';
      at += 2;
    } else if (text.startsWith('**', at)) {
      pattern += '.*';
      at += 1;
    } else if (char === '*') pattern += '[^/]*';
    else if (char === '?') pattern += '[^/]';
    else if (char === '{') {
      braces += 1;
      pattern += '(?:';
    } else if (char === '}' && braces > 0) {
      braces -= 1;
      pattern += ')';
    } else if (char === ',' && braces > 0) pattern += '|';
    else pattern += SPECIAL.test(char) || char === '{' || char === '}' ? `\\${char}` : char;
  }
  return new RegExp(`^${pattern}${')'.repeat(braces)}$`, 'u');
}

/** Does a path match one of the globs? A folder's name stands for all below it. */
export const matches = (globs: readonly string[], path: string): boolean =>
  globs.some(glob => globPattern(glob).test(path) || globPattern(`${glob.replace(/\/+$/, '')}/**`).test(path));
