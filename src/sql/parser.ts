import create, { type Module } from 'libpg-query/wasm/libpg-query.js';
import type { Node } from '../model/source.ts';
import { scannable } from './scannable.ts';
import { Unread } from './unread.ts';

/** Postgres' own grammar and PL/pgSQL's, as WebAssembly. What they print (`#option dump`) is in an author's words and goes nowhere. */
const start = (): Promise<Module> => create({ print: nothing, printErr: nothing });
const nothing = (): void => undefined;

let module: Module | null = null;
let starting: Promise<void> | null = null;
/** An exception of the module, unlike an error that it reports, leaves memory behind that it never frees. */
let failed = false;

/** Compiles the parser, which goes on beside the reading of files when it is begun before. */
export function loadParser(): Promise<void> {
  if (failed) [starting, failed] = [null, false];
  starting ??= start().then(loaded => void (module = loaded));
  return starting;
}

const TOO_DEEP = 'it is nested too deeply to be parsed';
const EXHAUSTED = 'it needs more memory than the parser has';

export interface RawStatement {
  readonly stmt?: Node;
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/**
 * The statements of a text.
 * @throws Error with Postgres' message
 */
export function parseSql(sql: string): readonly RawStatement[] {
  const tree = ask(sql, '_wasm_parse_query_raw', '_wasm_free_parse_result', (loaded, result) => {
    const error = loaded.getValue(result + 8, 'i32');
    if (error !== 0) throw new Error(textAt(loaded, loaded.getValue(error, 'i32')));
    return textAt(loaded, loaded.getValue(result, 'i32'));
  });
  const { stmts = [] } = JSON.parse(tree) as { stmts?: readonly RawStatement[] };
  for (const { stmt, stmt_len = sql.length } of stmts)
    if (stmt_len > DEEPEST && isDeep(stmt)) throw new Unread(TOO_DEEP);
  return stmts;
}

/** Levels of a tree. All that reads it calls itself for each, and has about a megabyte of stack (2,500 UNIONs fit; measured). */
const DEEPEST = 2000;

/** Level by level: what asks how deep it may go must not go deep itself. */
function isDeep(tree: unknown): boolean {
  let level = [tree];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    const below: unknown[] = [];
    for (const node of level)
      for (const key in node as object) {
        const value: unknown = (node as Record<string, unknown>)[key];
        if (typeof value === 'object' && value !== null) below.push(value);
      }
    level = below;
  }
  return false;
}

/**
 * The functions of a CREATE FUNCTION.
 * @throws Error with Postgres' message
 */
export function parsePlpgsql(sql: string): readonly Node[] {
  const answer = ask(sql, '_wasm_parse_plpgsql', '_wasm_free_string', textAt);
  if (!answer.startsWith('{')) throw new Error(answer);
  const { plpgsql_funcs = [] } = JSON.parse(answer) as { plpgsql_funcs?: readonly Node[] };
  if (sql.length > DEEPEST && isDeep(plpgsql_funcs)) throw new Unread(TOO_DEEP);
  return plpgsql_funcs;
}

/** The address of a struct PgQueryParseResult, or of a text. */
function ask(
  sql: string,
  parse: '_wasm_parse_query_raw' | '_wasm_parse_plpgsql',
  free: '_wasm_free_parse_result' | '_wasm_free_string',
  read: (loaded: Module, result: number) => string,
): string {
  if (!module) throw new Error('loadParser() has not been awaited');
  const scannableText = scannable(sql);
  const room = Buffer.byteLength(scannableText) + 1;
  const text = module._malloc(room);
  if (text === 0) throw new Unread(EXHAUSTED);
  let result = 0;
  try {
    const heap = module.HEAPU8;
    const { written } = encoder.encodeInto(scannableText, heap.subarray(text, text + room));
    heap[text + written] = 0;
    result = called(module, parse, text);
    return read(module, result);
  } finally {
    module._free(text);
    if (result !== 0) module[free](result);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text that ends with a NUL byte. The functions of the module look at each byte in turn, in JavaScript. */
function textAt({ HEAPU8: heap }: Module, start: number): string {
  return decoder.decode(heap.subarray(start, heap.indexOf(0, start)));
}

function called(loaded: Module, parse: '_wasm_parse_query_raw' | '_wasm_parse_plpgsql', text: number): number {
  try {
    const result = loaded[parse](text);
    if (result !== 0) return result;
  } catch (cause) {
    failed = true;
    throw new Unread(cause instanceof RangeError ? TOO_DEEP : EXHAUSTED, { cause });
  }
  throw new Unread(EXHAUSTED);
}
