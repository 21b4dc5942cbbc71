/**
 * Text from a pull request as a label of a Mermaid diagram: what is not a letter, a digit or one of a few harmless signs
 * becomes `_`, so that nothing ends the label, the line or the code block, starts a directive or is read as HTML.
 */
export function label(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_ .$()-]/gu, '_')
    .replace(/-{2,}/g, '-')
    .replace(/ {2,}/g, ' ')
    .trim()
    // `direction LR` is taken for a command wherever it stands in a line (erDiagram.jison).
    .replace(/(direction) /gi, '$1_');
  const short = /^.{1,60}/u.exec(clean)?.[0] ?? '_';
  return short.length < clean.length ? `${short}…` : short;
}

/** A word where the grammar takes no label: a type, a column. It starts with a letter or `_`, and is no mark of a key. */
export const word = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9_()[\]]+/g, '_')
    .replace(/^(?![A-Za-z_])|^(?=[PFU]K\b)/i, '_')
    .slice(0, 60);
