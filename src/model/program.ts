import type { Age, DependsOnFunctions, Key, TypeRef, Volatility } from './key.ts';
import type { Node } from './source.ts';

/** `calls` is about its WHEN. */
export interface Trigger extends DependsOnFunctions {
  readonly name: string;
  readonly function: Key;
  readonly constraint: boolean;
  /** INITIALLY DEFERRED: it fires when the transaction commits. */
  readonly deferred?: true;
  readonly enabled: boolean;
  readonly row: boolean;
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[];
  /** UPDATE OF columns and columns in WHEN. */
  readonly reads: readonly string[];
  /** INSTEAD OF, on a view. */
  readonly instead?: true;
  /** What its function is given (TG_ARGV). */
  readonly given?: readonly string[];
}

/** What a rule puts in the place of a statement, or beside it. */
export interface Rewrite {
  readonly rule: string;
  readonly event: 'select' | 'insert' | 'update' | 'delete';
  readonly actions: readonly Node[];
  /** Its WHERE. */
  readonly condition: Node | null;
}

/** EXECUTE FUNCTION for each statement that defines something. */
export interface EventTrigger {
  readonly name: string;
  readonly event: string;
  /** WHEN TAG IN: the commands that it is for; all where there is none. */
  readonly tags: readonly string[];
  readonly function: Key;
  readonly enabled: boolean;
}

export interface Routine {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'function' | 'procedure' | 'aggregate';
  readonly language: string;
  readonly volatility: Volatility;
  /** A single-SELECT SQL function, which the planner inlines: the volatility of its body counts. */
  readonly inlined: Volatility | null;
  readonly arguments: readonly TypeRef[];
  /** The names of the arguments, empty where they have none. */
  readonly parameters: readonly string[];
  readonly returns: TypeRef | null;
  readonly age: Age;
  /** The text of the body, for functions that a migration defines and then calls. */
  readonly body: string | null;
  /** RETURN and BEGIN ATOMIC: the statements. */
  readonly statements?: readonly Node[];
  /** SET search_path: the schemas in which its body finds names. */
  readonly searchPath?: readonly string[];
  /** The last argument takes any number of values. */
  readonly variadic?: true;
  /** Functions that run with it: what an aggregate is made of, and what the defaults of arguments call. */
  readonly runs?: readonly Key[];
}
