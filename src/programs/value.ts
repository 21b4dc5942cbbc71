import type {
  FunctionExpression,
  ArrowFunctionExpression,
  FunctionDeclaration,
  ObjectMethod,
  ClassMethod,
} from '@babel/types';

/** What names stand for. */
export interface Environment {
  get(name: string): Value | null;
  assign(name: string, value: Value, conditions: number): void;
}

/** A stretch of known text. */
export interface Piece {
  readonly text: string;
  /** Where it begins in its file. */
  readonly line: number;
  /** Line ends in `text` are line ends of the file; false when they come from escapes. */
  readonly asWritten: boolean;
  /** A file of its own, read whole; null for text of the program. */
  readonly file: string | null;
}

export type Callable = FunctionExpression | ArrowFunctionExpression | FunctionDeclaration | ObjectMethod | ClassMethod;

export interface Text {
  readonly kind: 'text';
  readonly pieces: readonly Piece[];
}
/** `items` is null once something unknown has happened to it. */
export interface List {
  readonly kind: 'list';
  items: Value[] | null;
}
interface Fields {
  readonly kind: 'record';
  readonly fields: Map<string, Value>;
}
/** SQL that is ready and not yet sent; null where its text is not known. */
export interface Query {
  readonly kind: 'query';
  readonly sends: readonly { readonly text: Text | null; readonly line: number; readonly by: string }[];
}

/** What is known of a value without running the program. */
export type Value =
  | Text
  | List
  | Fields
  | Query
  | { readonly kind: 'plain'; readonly value: number | boolean | null; readonly line: number }
  | { readonly kind: 'function'; readonly node: Callable; readonly scope: Environment }
  /** The database, or what came from it; a class's own members beside. */
  | { readonly kind: 'database'; readonly fields: ReadonlyMap<string, Value> }
  /** Something of a module or a global, by its dotted name: `path.join`. */
  | { readonly kind: 'foreign'; readonly name: string }
  /** `promised`: a call by this name, not reported yet, which does its work once it is awaited. */
  | { readonly kind: 'unknown'; readonly promised?: { readonly by: string; readonly line: number } };

export const UNKNOWN: Value = { kind: 'unknown' };
export const DATABASE: Value = { kind: 'database', fields: new Map() };
/** A callback or a library that the program is given: it sends nothing by itself. */
export const GIVEN: Value = { kind: 'foreign', name: 'given' };
export const RESOLVE: Value = { kind: 'foreign', name: 'resolve' };

/** What is longer is not followed: a doubling in a loop would fill the memory. */
const LONGEST = 4 * 1024 * 1024;
const LONGEST_LIST = 10_000;

export const textOf = (text: string, line: number, file: string | null = null): Text => ({
  kind: 'text',
  pieces: [{ text, line, asWritten: file !== null || !text.includes('\n'), file }],
});

export const plainText = ({ pieces }: Text): string => pieces.map(piece => piece.text).join('');

/** A list, unless it is so long that nobody wrote it. */
export const listOf = (items: readonly Value[]): List => ({
  kind: 'list',
  items: items.length > LONGEST_LIST ? null : [...items],
});

/** Numbers and the like as they read inside text; null for what has no known text. */
export function asText(value: Value): Text | null {
  if (value.kind === 'text') return value;
  return value.kind === 'plain' ? textOf(String(value.value), value.line) : null;
}

/** One text of several; unknown as soon as one of them is. */
export function joined(values: readonly Value[], separator: Text | null = null): Value {
  const pieces: Piece[] = [];
  for (const [index, value] of values.entries()) {
    const text = asText(value);
    if (!text) return UNKNOWN;
    if (index > 0 && separator) pieces.push(...separator.pieces);
    pieces.push(...text.pieces);
  }
  const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  return length > LONGEST || pieces.length > 10_000 ? UNKNOWN : { kind: 'text', pieces };
}

/** All of a text on one line. */
export const onLine = ({ pieces }: Text, line: number): Text => ({
  kind: 'text',
  pieces: pieces.map(({ text }) => ({ text, line, asWritten: false, file: null })),
});

/** A name's text in the middle of another text stands where the name stands. */
export const standing = (value: Value, line: number): Value =>
  value.kind === 'text' && value.pieces.every(({ text, file }) => file === null && !text.includes('\n'))
    ? { kind: 'text', pieces: value.pieces.map(piece => ({ ...piece, line })) }
    : value;

/** Null where it depends on what the program meets. */
export function truth(value: Value): boolean | null {
  if (value.kind === 'plain') return Boolean(value.value);
  if (value.kind === 'text') return plainText(value) !== '';
  return null;
}

/** A member by name. */
export function member(object: Value, name: string): Value {
  if (object.kind === 'record') return object.fields.get(name) ?? UNKNOWN;
  if (object.kind === 'database') return object.fields.get(name) ?? DATABASE;
  if (object.kind === 'foreign') return { kind: 'foreign', name: `${object.name}.${name}` };
  if (object.kind === 'list' && /^\d+$/.test(name)) return object.items?.[Number(name)] ?? UNKNOWN;
  return UNKNOWN;
}
