import type { Expression, Node } from '@babel/types';
import type { Dialect } from './dialect.ts';
import type { Scope } from './scope.ts';
import {
  GIVEN,
  onLine,
  plainText,
  RESOLVE,
  textOf,
  UNKNOWN,
  type Callable,
  type Environment,
  type Query,
  type Text,
  type Value,
} from './value.ts';

/** A program that goes on for longer is not followed to its end. */
const STEPS = 100_000;
const DEEPEST = 24;
const MOST_SENT = 16 * 1024 * 1024;

/** Thrown when a program is too long or too deep to be followed. */
export class TooMuch extends Error {}

/** What is learnt of one function of a program by following it. */
export class Reading {
  readonly sent: { readonly text: Text; readonly line: number }[] = [];
  readonly unread: { readonly line: number; readonly because: string }[] = [];
  /** Methods of the database that were called. */
  readonly called = new Set<string>();
  conditions = 0;
  /** The last line of the function that is followed, and the one that it has got to. */
  lines = { last: Infinity, now: 1 };
  /** What the innermost promise was resolved with. */
  resolved: Value = UNKNOWN;
  /** Inside a call that is not read: what is missed there is said once, by that call. */
  private muffled: { missed: boolean } | null = null;
  private readonly controls: ('begin' | 'commit')[] = [];
  private steps = 0;
  private length = 0;
  private depth = 0;

  readonly dialect: Dialect;
  /** No transaction of the tool is around the migration, so that one of its own is one. */
  readonly opens: boolean;
  readonly lineOf: (node: Node) => number;
  /** A file beside the program, from the path that the program gives it; null when it is not there. */
  readonly fileAt: (path: string) => Text | null;
  readonly evaluate: (node: Expression, scope: Scope, reading: Reading) => Value;
  readonly run: (node: Callable, args: readonly Value[], scope: Environment, reading: Reading) => Value;

  constructor(parts: Pick<Reading, 'dialect' | 'opens' | 'lineOf' | 'fileAt' | 'evaluate' | 'run'>) {
    this.dialect = parts.dialect;
    this.opens = parts.opens;
    this.lineOf = parts.lineOf;
    this.fileAt = parts.fileAt;
    this.evaluate = parts.evaluate;
    this.run = parts.run;
  }

  step(): void {
    this.steps += 1;
    if (this.steps > STEPS) throw new TooMuch('The code runs too many steps to be analyzed.');
  }

  /** Calls a function of the program. */
  apply(target: Value, args: readonly Value[]): Value {
    if (target.kind !== 'function') return UNKNOWN;
    if (this.depth >= DEEPEST) throw new TooMuch('The code nests too many calls to be analyzed.');
    this.depth += 1;
    const value = this.run(target.node, args, target.scope, this);
    this.depth -= 1;
    return value;
  }

  /** `new Promise((resolve, reject) => …)`: what it resolves to. */
  promise(executor: Value): Value {
    const outer = this.resolved;
    this.resolved = UNKNOWN;
    this.settle(this.apply(executor, [RESOLVE, GIVEN]));
    const value = this.resolved;
    this.resolved = outer;
    return value;
  }

  /** Follows what may run or not, as if it ran. */
  perhaps<T>(follow: () => T): T {
    this.conditions += 1;
    const result = follow();
    this.conditions -= 1;
    return result;
  }

  /** What comes of it, and whether something in it was not read, which is then for the caller to say. */
  muffle<T>(follow: () => T): { readonly result: T; readonly missed: boolean } {
    const outer = this.muffled;
    const inner = { missed: false };
    this.muffled = inner;
    const result = follow();
    this.muffled = outer;
    return { result, missed: inner.missed };
  }

  /** A value is awaited or returned: what it was to send is sent now. What is left of it then. */
  settle(value: Value): Value {
    if (value.kind === 'query') this.send(value.sends);
    else if (value.kind === 'list') value.items = value.items?.map(item => this.settle(item)) ?? null;
    else if (value.kind === 'unknown' && value.promised)
      this.miss(value.promised.line, `The code of \`${value.promised.by}\` was not analyzed.`);
    return value.kind === 'query' ? UNKNOWN : value.kind === 'unknown' ? UNKNOWN : value;
  }

  send(sends: Query['sends']): void {
    for (const { text, line, by } of sends)
      if (text) {
        this.length += plainText(text).length;
        if (this.length > MOST_SENT) throw new TooMuch('The code sends too much SQL to be analyzed.');
        this.sent.push({ text: this.inPlace(text), line });
      } else this.miss(line, `The SQL of \`${by}\` is built at run time, so it was not analyzed.`);
  }

  /** Text from below the function, of another one that it calls, would carry all that follows down there. */
  private inPlace(text: Text): Text {
    const { last, now } = this.lines;
    if (text.pieces.every(({ file, line }) => file !== null || line <= last)) return text;
    return onLine(text, now);
  }

  /** A call on this line. */
  reach(line: number): void {
    if (this.depth === 1) this.lines.now = line;
  }

  /** The program itself says BEGIN or COMMIT through a method. */
  control(verb: 'begin' | 'commit', line: number): void {
    this.controls.push(verb);
    this.sent.push({ text: textOf(verb, line), line });
  }

  /** The tool commits what the program began after a COMMIT of its own. */
  close(line: number): void {
    const last = this.controls.at(-1);
    if (last === 'begin' && this.controls.includes('commit')) this.control('commit', line);
  }

  miss(line: number, because: string): void {
    if (this.muffled) this.muffled.missed = true;
    else if (!this.unread.some(one => one.line === line && one.because === because))
      this.unread.push({ line, because });
  }
}
