import type { Comment, File, Node } from '@babel/types';
import type { Repo } from '../model/framework.ts';
import type { Migration } from '../model/source.ts';
import { Lines } from '../sql/lines.ts';
import { suppressionComments } from './suppressions.ts';
import { fileFinder, type Files } from './imported-files.ts';
import type { Dialect } from './dialect.ts';
import { entryOf } from './entry.ts';
import { evaluate } from './expressions.ts';
import { mapToLines } from './map-to-lines.ts';
import { parseProgram } from './parse-program.ts';
import { Reading, TooMuch } from './reading.ts';
import { run } from './statements.ts';
import { DATABASE, GIVEN, onLine, type Text, type Value } from './value.ts';

export type { Dialect } from './dialect.ts';

/** One direction of a program: SQL of its own, and of files that it sends whole, in the order in which they are sent. */
interface Direction {
  readonly parts: readonly Pick<Migration, 'file' | 'sql' | 'messages'>[];
  readonly unread: Migration['unread'];
  /** Outside the transaction that the tool puts around migrations. */
  readonly outside: boolean;
}

export interface Program {
  readonly up: Direction;
  /** Null when there is none. */
  readonly down: Direction | null;
}

interface Source {
  readonly repo: Repo;
  readonly file: string;
  readonly text: string;
}

/**
 * The SQL that a migration holds as literal text, by following `up` and `down` without running anything: constants,
 * concatenations, lists and loops over them, functions of the same program, files beside it. All else that touches the
 * database is named as unread.
 */
export async function readProgram(source: Source, dialect: Dialect): Promise<Program> {
  const tree = parseProgram(source.text, source.file);
  if (typeof tree === 'string') return { up: unreadable(source, tree), down: null };
  const files: Files = new Map();
  // A file that the program reads is asked for, read, and the program is followed again with its text.
  for (;;) {
    const program = followed(source, tree, dialect, files);
    const missing = [...files].filter(([, text]) => text === null);
    if (missing.length === 0) return program;
    for (const [path] of missing) files.set(path, await source.repo.read(path).catch(() => ''));
  }
}

function followed(source: Source, tree: File, dialect: Dialect, files: Files): Program {
  try {
    const up = direction('up', source, tree, dialect, files);
    return {
      up: up ?? unreadable(source, 'No `up` function was found in the code.'),
      down: up && direction('down', source, tree, dialect, files),
    };
  } catch (error) {
    // The stack ends before the budget does where expressions are nested thousands deep.
    if (!(error instanceof TooMuch || error instanceof RangeError)) throw error;
    return { up: unreadable(source, 'The code is too long or too deeply nested to be analyzed.'), down: null };
  }
}

function direction(
  name: 'up' | 'down',
  { repo, file, text }: Source,
  tree: File,
  dialect: Dialect,
  files: Files,
): Direction | null {
  const lines = new Lines(text);
  const count = text.split('\n').length;
  const lineOf = (node: Pick<Node, 'start'>): number => lines.at(node.start ?? 0);
  const base = { dialect, lineOf, fileAt: fileFinder(repo, file, files), evaluate, run };
  const top = new Reading({ ...base, opens: false });
  const entry = entryOf(tree, top);
  // What runs when the program is loaded is sent over a connection of its own.
  const loaded = [
    ...top.unread,
    ...top.sent.map(({ line }) => ({ line, because: 'SQL is sent when the file is loaded.' })),
  ];
  const main = entry.get(name);
  if (main?.kind !== 'function') return null;
  const reading = new Reading({ ...base, opens: !dialect.wraps || dialect.outside(entry.exported, new Set()) });
  const [first, last] = [lineOf(main.node), lines.at(main.node.end ?? text.length)];
  reading.lines = { last, now: first };
  reading.settle(reading.apply(main, ARGUMENTS));
  reading.close(count);
  const other = entry.get(name === 'up' ? 'down' : 'up');
  const comments = commentsOutside(tree, other).map(comment => ({ ...comment, line: lineOf(comment) }));
  return {
    parts: partsOf(reading.sent, file, count, sql => suppressionComments(sql, comments)),
    unread: [...loaded, ...reading.unread],
    outside: dialect.outside(entry.exported, reading.called),
  };
}

/** The tool gives the database first; callbacks and its own library after it. */
const ARGUMENTS: readonly Value[] = [DATABASE, GIVEN, GIVEN];

/** What is written outside the function of the other direction. */
function commentsOutside({ comments }: File, other: Value | null): Comment[] {
  const node = other?.kind === 'function' ? other.node : null;
  const inside = ({ start }: Comment): boolean =>
    (start ?? 0) >= (node?.start ?? Infinity) && (start ?? 0) < (node?.end ?? 0);
  return (comments ?? []).filter(comment => !inside(comment));
}

/** A file that is sent whole is a part of its own, on its own lines. The first part is always the program's. */
function partsOf(
  sent: Reading['sent'],
  file: string,
  lineCount: number,
  finish: (sql: string) => string,
): Direction['parts'] {
  const groups: { file: string; texts: Text[] }[] = [{ file, texts: [] }];
  for (const { text, line } of sent) {
    const [first, ...rest] = new Set(text.pieces.filter(piece => piece.text.trim() !== '').map(piece => piece.file));
    const other = first !== null && first !== undefined && rest.length === 0 ? first : null;
    const own = other ?? file;
    const lines = other === null ? ownLines(text, line) : text;
    const last = groups.at(-1);
    if (last?.file === own && other === null) last.texts.push(lines);
    else groups.push({ file: own, texts: [lines] });
  }
  return groups.map(({ file: own, texts }, index) => {
    const count = own === file ? lineCount : Math.max(...texts.flatMap(one => one.pieces.map(lastLine)));
    const { sql, messages } = mapToLines(texts, count);
    return { file: own, sql: index === 0 ? finish(sql) : sql, messages };
  });
}

const lastLine = ({ text, line }: Text['pieces'][number]): number => line + text.split('\n').length - 1;

/** What mixes text of a file with text of the program stands where it is sent. */
const ownLines = (text: Text, line: number): Text =>
  text.pieces.every(({ file }) => file === null) ? text : onLine(text, line);

const unreadable = ({ file, text }: Source, because: string): Direction => ({
  parts: [{ file, sql: text.replace(/[^\n]/g, '') }],
  unread: [{ line: 1, because }],
  outside: false,
});
