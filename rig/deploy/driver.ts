import { sqlOf, type Step } from './steps.ts';

export type Files = Readonly<Record<string, string>>;

/** One file for each step. */
export const each = (
  steps: readonly Step[],
  path: (step: Step) => string,
  text: (step: Step) => string = sqlOf,
): Files => Object.fromEntries(steps.map(step => [path(step), text(step)]));

/** A server for one tool; the database is new for each scenario. */
export interface Target {
  readonly url: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** How a migration tool is run. */
export interface Driver {
  /** Id of the framework. */
  readonly id: string;
  /** Of the migrations: what a repository has. */
  files(steps: readonly Step[]): Files;
  /** What the tool needs besides: not part of what is kept. */
  setup?(target: Target): Files;
  /** The program and its arguments; `{modules}` is the directory of the tools. */
  readonly command: readonly string[];
  readonly env?: (target: Target) => Readonly<Record<string, string>>;
  /** The tool fails by these words, though it ends with 0. */
  readonly failing?: RegExp;
  /** The version that ran: a package below the modules, or a command. */
  readonly version: string | readonly string[];
  /** Where a rename is none to the tool. */
  readonly note?: string;
}
