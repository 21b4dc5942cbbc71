export interface Token {
  readonly kind: 'comment' | 'string' | 'identifier' | 'semicolon' | 'other';
  readonly start: number;
  readonly end: number;
}

const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;

/**
 * The lexical skeleton of SQL (manual, 4.1): where comments, strings and statements end. White space is left out.
 * Never fails: what is not closed reaches to the end.
 */
export function* tokens(sql: string, from = 0): Generator<Token> {
  let at = from;
  while (at < sql.length) {
    const start = at;
    const char = sql[at];
    const pair = sql.slice(at, at + 2);
    if (pair === '--') {
      at = endOfLine(sql, at);
      yield { kind: 'comment', start, end: at };
    } else if (pair === '/*') {
      at = endOfBlock(sql, at);
      yield { kind: 'comment', start, end: at };
    } else if (char === "'") {
      at = endOfQuoted(sql, at, "'", escapes(sql, at));
      yield { kind: 'string', start, end: at };
    } else if (char === '"') {
      at = endOfQuoted(sql, at, '"', false);
      yield { kind: 'identifier', start, end: at };
    } else if (char === '$' && matches(DOLLAR, sql, at)) {
      const tag = DOLLAR.lastIndex;
      at = endOf(sql, sql.slice(start, tag), tag, tag - start);
      yield { kind: 'string', start, end: at };
    } else if (char === ';') {
      at += 1;
      yield { kind: 'semicolon', start, end: at };
    } else if (matches(WORD, sql, at)) {
      at = WORD.lastIndex;
      yield { kind: 'identifier', start, end: at };
    } else {
      at += 1;
      if (char !== undefined && char > ' ') yield { kind: 'other', start, end: at };
    }
  }
}

function matches(pattern: RegExp, sql: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(sql);
}

/** A line ends at a line feed or a carriage return (scan.l, `comment`). */
function endOfLine(sql: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(sql)?.index ?? sql.length;
}

const LINE_END = /[\n\r]/g;

function endOf(sql: string, mark: string, from: number, length: number): number {
  const end = sql.indexOf(mark, from);
  return end < 0 ? sql.length : end + length;
}

/** A comment that reaches to the end because nobody closes it. */
export const isOpen = (sql: string, { kind, start, end }: Token): boolean =>
  kind === 'comment' && end === sql.length && sql.startsWith('/*', start) && !closesAt(sql, start);

const endOfBlock = (sql: string, from: number): number => closesAt(sql, from) ?? sql.length;

/** Block comments nest. */
function closesAt(sql: string, from: number): number | null {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  let depth = 0;
  for (let match = edge.exec(sql); match; match = edge.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return null;
}

const escapes = (sql: string, at: number): boolean =>
  /(?:^|[^A-Za-z0-9_$])[eE]$/.test(sql.slice(Math.max(0, at - 2), at));

function endOfQuoted(sql: string, from: number, quote: string, backslash: boolean): number {
  for (let at = from + 1; at < sql.length; at += 1) {
    if (backslash && sql[at] === '\\') at += 1;
    else if (sql[at] === quote) {
      if (sql[at + 1] === quote) at += 1;
      else return at + 1;
    }
  }
  return sql.length;
}
