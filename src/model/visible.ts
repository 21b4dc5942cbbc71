/**
 * Characters that move a cursor, hide text or turn its direction: controls, bidirectional marks (Unicode, UAX 9), separators
 * of lines, what has no width, and halves of pairs. What joins letters (U+200C, U+200D) is a letter of some scripts.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

const escape = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

/** Text of a pull request where it may have lines. */
export const visible = (text: string): string => text.replace(/\r\n/g, '\n').replace(UNSEEN, escape);

/** Text of a pull request that is part of a line: a name, a message. */
export const visibleLine = (text: string): string =>
  visible(text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t'));

/**
 * GitHub's runner obeys a line that begins with `::`, after white space, and `##[` anywhere (ActionCommand.cs): whatever is
 * printed may stand in its log.
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^([^\S\n]*:)(?=:)/gm, '$1\u200b').replaceAll('##[', '##\u200b[');

/** The same for JSON, whose strings may write any character as its number. */
export const visibleJson = (json: string): string =>
  json
    .replaceAll('##[', '##\\u005b')
    .replace(UNSEEN, char =>
      [...Array(char.length).keys()].map(at => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
    );
