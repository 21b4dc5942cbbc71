import type { Message } from '../model/source.ts';
import { onLine, plainText, type Piece, type Text } from './value.ts';

/**
 * SQL on the lines of the program where it is written, everything else blank. Text that stands before what is sent
 * earlier (a constant), or whose line ends are escapes, goes on in one line where the cursor is.
 */
export function mapToLines(texts: readonly Text[], lineCount: number): { sql: string; messages: Message[] } {
  const page = new Page(lineCount);
  const messages: Message[] = [];
  const starts = texts.map(({ pieces }) => pieces.find(({ text }) => text.trim() !== '')?.line);
  for (const [index, text] of texts.entries()) {
    const start = starts[index];
    // What a loop sends stands where the loop sends it, all of it, so that one comment there allows all of it.
    const repeated = start !== undefined && (starts[index - 1] === start || starts[index + 1] === start);
    const span = page.put(repeated ? onLine(text, start) : text);
    if (span) messages.push(span);
  }
  // Of texts on one line it is unknown which a statement is of.
  const separate = messages.filter(({ line, endLine }, at) => {
    const [before, after] = [messages[at - 1], messages[at + 1]];
    return (before?.endLine ?? 0) < line && (after?.line ?? Infinity) > endLine;
  });
  return { sql: page.toString(), messages: separate };
}

class Page {
  private readonly lines: string[];
  private cursor = 1;
  /** A statement is to be closed before the next. */
  private open = false;
  /** The last character written. */
  private last = '';

  constructor(lineCount: number) {
    this.lines = Array.from({ length: lineCount }, () => '');
  }

  put(text: Text): Message | null {
    if (plainText(text).trim() === '') return null;
    if (this.open) this.write('; ');
    else this.write(' ');
    const pieces = this.fits(text.pieces) ? text.pieces : withoutComments(text.pieces);
    const line = Math.max(this.cursor, pieces.find(piece => piece.text.trim() !== '')?.line ?? 1);
    for (const [index, piece] of pieces.entries()) this.place(piece, index === 0);
    const span = { line: Math.min(line, this.cursor), endLine: this.cursor };
    const end = plainText({ kind: 'text', pieces }).trimEnd();
    this.open = !end.endsWith(';');
    // A comment to the line's end would swallow what closes the statement.
    if (/--[^\n]*$/.test(end)) {
      this.open = true;
      this.cursor = Math.min(this.cursor + 1, this.lines.length);
    }
    return span;
  }

  toString(): string {
    if (this.open) this.write(';');
    return this.lines.join('\n');
  }

  private write(text: string): void {
    const index = this.cursor - 1;
    this.lines[index] = (this.lines[index] ?? '') + text;
    this.last = text.at(-1) ?? this.last;
  }

  private place({ text, line, asWritten }: Piece, first: boolean): void {
    for (const [index, part] of text.split('\n').entries()) {
      const target = asWritten ? line + index : line;
      // A word may be put together of two pieces on two lines.
      const parted = first || index > 0 || /\W|^$/.test(this.last) || /^\W|^$/.test(part);
      if (target > this.cursor && parted) this.cursor = Math.min(target, this.lines.length);
      else if (index > 0) this.write(' ');
      this.write(part);
    }
  }

  /** Every line end stays one, with a line after it for what closes the statement. */
  private fits(pieces: readonly Piece[]): boolean {
    let at = this.cursor;
    for (const { text, line, asWritten } of pieces) {
      if (!asWritten || line < at) return !pieces.some(piece => /\n|--/.test(piece.text));
      at = line + text.split('\n').length - 1;
    }
    return at < this.lines.length;
  }
}

/** What is not closed reaches to the end: looked for again at each opening, it would take the square of the time. */
const TOKEN = /'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\/\*[\s\S]*?(?:\*\/|$)|--[^\n]*/g;

/** Blanks comments to the end of a line, also in bodies in dollar quotes: without the line end they would swallow the rest. */
function withoutComments(pieces: readonly Piece[]): Piece[] {
  const whole = pieces.map(({ text }) => text).join('');
  const blanked = whole.replace(TOKEN, token => (token.startsWith('--') ? ' '.repeat(token.length) : token));
  let at = 0;
  return pieces.map(piece => {
    const text = blanked.slice(at, at + piece.text.length);
    at += piece.text.length;
    return { ...piece, text };
  });
}
