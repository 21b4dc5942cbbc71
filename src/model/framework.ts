import type { Delivery, History } from './source.ts';

/** The files of a checkout, of a git tree, or of a test's object literal. */
export interface Repo {
  /** Every path, sorted, with forward slashes, relative to the top. */
  readonly paths: readonly string[];
  /** Symbolic links to files and folders inside, and where they lead; what is below a folder's is among the paths. */
  readonly links?: ReadonlyMap<string, string>;
  /** What stands where files could be, and is not followed: submodules, and links that lead outside or nowhere. */
  readonly notFollowed?: ReadonlyMap<string, string>;
  /** Text after decoding; throws UserError when the file holds a NUL byte or cannot be read. */
  read(path: string): Promise<string>;
}

/** The text of a file; null when it is not there. */
export const textIn = async (repo: Repo, path: string): Promise<string | null> =>
  repo.paths.includes(path) ? await repo.read(path) : null;

/** One migration tool. */
export interface Framework {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** The table in which the tool records what it has applied, as it is named by default. */
  readonly historyTable: string;
  /** How the tool sends a file when nothing says otherwise. */
  readonly transaction: Delivery;
  /** One paragraph of Markdown for docs/frameworks/<id>.md: layout, order, down files, transactions, what is not read. */
  readonly notes: string;
  /** Every database's migrations in this repository, up and down, oldest first, `changed: false`; empty when the tool is not used. */
  histories(repo: Repo): Promise<readonly History[]>;
  /** For a tool whose migrations are programs: the history with the SQL that they hold. Asked only of what may be checked. */
  read?(repo: Repo, history: History): Promise<History>;
  /**
   * For a tool whose migrations are programs: the id before one, as the tool's own commands name it, from its text and
   * the id of the one before it in the history.
   */
  previous?(text: string, before: string | null): string;
  /** Histories of files that the user has named, for the tool that takes any. */
  fromFiles?(repo: Repo, files: readonly string[]): Promise<readonly History[]>;
  /**
   * Words by which a file is known as this tool's. `every`: the tool refuses a file without them. `settled`: something
   * else in the repository says that the folder is the tool's.
   */
  readonly markers?: {
    readonly pattern: RegExp;
    readonly every: boolean;
    settled?(repo: Repo, folder: string): Promise<boolean>;
  };
  /** The database that the project declares for a history, in the tool's word; null where it declares none. */
  declared?(repo: Repo, root: string): Promise<string | null>;
  /** Why the tool does not run a numbered SQL file of its folder that it has not claimed; a sentence. */
  readonly extra?: string;
  /** `expect`: one line per migration, `direction id file transaction`; `sends`: the SQL of each, of programs. */
  readonly examples: readonly {
    readonly files: Readonly<Record<string, string>>;
    readonly expect: readonly string[];
    readonly sends?: readonly string[];
  }[];
}

export const defineFramework = (framework: Framework): Framework => framework;
