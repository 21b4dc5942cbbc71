import { Lines } from './lines.ts';
import { tokens, type Token } from './tokens.ts';

/** A client that reads a file before the server does, and what of it the server never sees. */
export interface Client {
  /** `\set`, `\i` and the like are the client's own (psql manual, "Meta-Commands"). */
  readonly commands: boolean;
}

/** psql runs its own commands, and sends what follows COPY … FROM stdin as data. */
export const PSQL: Client = { commands: true };
/** Flyway sends the data, too, and knows no commands (PostgreSQLParser). */
export const COPIES: Client = { commands: false };

/** `\i FILE` or `\ir FILE`: the text of a file is sent in its place. */
export interface Include {
  readonly line: number;
  readonly path: string;
  /** Beside the file that names it; otherwise from the folder in which psql was started. */
  readonly isRelative: boolean;
}

export interface Sent {
  /** What the server receives, the rest made into spaces: line N stays line N. */
  readonly parts: readonly (string | Include)[];
  /** Lines on which the client decides what is sent. */
  readonly unread: readonly { readonly line: number; readonly because: string }[];
}

/** Commands that neither send anything nor decide what is sent. */
const HARMLESS: ReadonlySet<string> = new Set(
  (
    'set unset echo qecho warn pset timing x t a f H C T z l encoding errverbose conninfo cd restrict unrestrict ' +
    'h help copyright ? q quit .'
  ).split(' '),
);
const INCLUDES: ReadonlySet<string> = new Set(['i', 'include', 'ir', 'include_relative']);
/** Commands that send what was written before them, as a semicolon does. */
const SENDS: ReadonlySet<string> = new Set(['g', 'gx', 'gset', 'gdesc']);
const COMMAND = /\\(\w+|.)?[^\S\n]*([^\n]*)/y;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string | Include;
}

/** What the server receives of a file that a client reads first. Comments, strings and dollar quotes hold no commands. */
export function sentBy(client: Client, file: string): Sent {
  if (!file.includes('\\')) return { parts: [file], unread: [] };
  const lines = new Lines(file);
  const edits: Edit[] = [];
  const unread: { line: number; because: string }[] = [];
  let text = file;
  for (let stop = next(client, text, 0); stop;) {
    let from = stop.end;
    if (stop.kind === 'command') {
      const line = lines.at(stop.start);
      const command = commandAt(text, stop.start);
      const include = includeOf(command);
      from = command.end;
      edits.push({ start: stop.start, end: from, by: include ? { line, ...include } : replacement(command) });
      if (include === null && decides(command))
        unread.push({ line, because: `The psql command \\${command.name} decides which SQL is sent here.` });
    } else {
      const data = dataAfter(text, from);
      edits.push({ ...data, by: '' });
      if (LIKE_SQL.test(text.slice(data.start, data.end)))
        unread.push({
          line: lines.at(data.start),
          because: 'The data of COPY contain SQL, which psql runs if COPY fails.',
        });
      // The rest of the line is read after the data.
      if (text.slice(from, data.start).trim() === '') from = data.end;
      else text = text.slice(0, data.start) + blank(text.slice(data.start, data.end)) + text.slice(data.end);
    }
    stop = next(client, text, from);
  }
  return { parts: edited(file, edits), unread };
}

/** A line of SQL where there should be rows. */
const LIKE_SQL =
  /^[^\S\n]*(?:alter|call|create|delete|do|drop|execute|grant|insert|merge|revoke|select|set|truncate|update|with)\b[^\n]*;/im;

interface Stop {
  readonly kind: 'command' | 'copy';
  readonly start: number;
  readonly end: number;
}

/** The next command, or the next COPY … FROM stdin, which data follow. */
function next({ commands }: Client, text: string, from: number): Stop | null {
  let statement: Token[] = [];
  for (const token of tokens(text, from)) {
    const { kind, start, end } = token;
    if (kind === 'comment') continue;
    if (commands && kind === 'other' && text[start] === '\\') return { kind: 'command', start, end };
    statement.push(token);
    if (kind !== 'semicolon') continue;
    if (copiesIn(text, statement)) return { kind: 'copy', start, end };
    statement = [];
  }
  return null;
}

interface Command {
  readonly name: string;
  readonly argument: string;
  readonly end: number;
}

/** A command goes to the end of its line. */
function commandAt(text: string, start: number): Command {
  COMMAND.lastIndex = start;
  const [whole = '\\', name = '', argument = ''] = COMMAND.exec(text) ?? [];
  return name === ';' ? { name, argument: '', end: start + 2 } : { name, argument, end: start + whole.length };
}

/** The file whose text a command sends; null where it does not, or a program names the file. */
function includeOf({ name, argument }: Command): Pick<Include, 'path' | 'isRelative'> | null {
  if (!INCLUDES.has(name) || argument.includes('`') || argument.includes(':')) return null;
  const path = /^'([^']+)'\s*$|^(\S+)\s*$/
    .exec(argument)
    ?.slice(1)
    .find((part: string | undefined) => part !== undefined);
  return path === undefined ? null : { path, isRelative: name === 'ir' || name === 'include_relative' };
}

function decides({ name, argument }: Command): boolean {
  if (name === ';') return false;
  if (name === 'copy') return /\bprogram\b/i.test(argument);
  if (SENDS.has(name)) return argument !== '';
  // Back quotes run a program; AUTOCOMMIT decides what is a transaction.
  return !(HARMLESS.has(name) || /^d\w*$/.test(name)) || argument.includes('`') || /\bAUTOCOMMIT\b/i.test(argument);
}

/** What stands for a command in the SQL: COPY for `\copy`, which sends one, and the end of what a command sends. */
function replacement({ name, argument }: Command): string {
  // Sent in one message with what follows.
  if (name === ';') return ';';
  if (SENDS.has(name)) return ';';
  if (name !== 'copy') return '';
  const query = argument.startsWith('(') ? closing(argument) : null;
  const head = query ?? /^(.*?)\s+(?=(?:from|to)\b)/i.exec(argument)?.[1] ?? argument;
  const isIn = query === null && /^\s+from\b/i.test(argument.slice(head.length));
  return `COPY ${head} ${isIn ? 'FROM STDIN' : 'TO STDOUT'};`;
}

/** The text up to the parenthesis that closes the first. */
function closing(text: string): string {
  let depth = 0;
  for (const { kind, start, end } of tokens(text)) {
    if (kind !== 'other') continue;
    if (text[start] === '(') depth += 1;
    if (text[start] === ')') depth -= 1;
    if (depth === 0) return text.slice(0, end);
  }
  return text;
}

function copiesIn(text: string, statement: readonly Token[]): boolean {
  const words = statement
    .filter(({ kind }) => kind === 'identifier')
    .map(({ start, end }) => text.slice(start, end).toLowerCase());
  return words[0] === 'copy' && words.some((word, at) => word === 'from' && words[at + 1] === 'stdin');
}

/** From the next line to the one that holds `\.` alone, or the end. */
function dataAfter(text: string, from: number): { start: number; end: number } {
  const lineEnd = text.indexOf('\n', from);
  if (lineEnd < 0) return { start: text.length, end: text.length };
  DATA_END.lastIndex = lineEnd;
  const end = DATA_END.exec(text);
  return { start: lineEnd + 1, end: end ? end.index + end[0].length : text.length };
}

const DATA_END = /\n\\\.[^\S\n]*(?=\n|$)/g;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The text with each part replaced and the rest of the part blank. */
function edited(text: string, edits: readonly Edit[]): (string | Include)[] {
  const parts: (string | Include)[] = [];
  let at = 0;
  for (const { start, end, by } of edits.toSorted((a, b) => a.start - b.start)) {
    const length = typeof by === 'string' ? by.length : 0;
    parts.push(text.slice(at, start), by, blank(text.slice(start + length, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}
