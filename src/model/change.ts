import type { LockMode } from './lock.ts';
import type { Is, On, Relation, RelationChange } from './relation-change.ts';
import type { Node } from './source.ts';
import type { EventTrigger, Key, Policy, Read, Rewrite, Routine, Table, Trigger, Type, TypeRef } from './schema.ts';

export type { Relation } from './relation-change.ts';

type RowChange =
  | On<
      'change-rows',
      {
        verb: 'insert' | 'update' | 'delete' | 'merge' | 'copy';
        /** WHERE, a join or a LIMIT narrows the rows. */
        bounded: boolean;
        /** The rows are limited to a batch: by LIMIT, ctid, a key range or VALUES. */
        batched: boolean;
        /** Batches of this form, one after the other, take every row: the LIMIT alone narrows them. */
        piecewise?: true;
        /** A loop makes it again and again in one transaction. */
        repeats?: true;
        columns: readonly string[];
        reads: readonly Read[];
        /** Constants that a column is given or compared with, which its type must take. */
        meets?: readonly { readonly column: string; readonly text: string }[];
        /** Values in a row of VALUES beyond the columns. */
        excess?: number;
        /** Of MERGE: what it may do to every row. */
        every?: readonly ('update' | 'delete')[];
        /** UPDATE ONLY, DELETE FROM ONLY: not its children. */
        only?: true;
        /** A column GENERATED ALWAYS that is given another value than DEFAULT. */
        generated?: string;
        /** DEFAULT is written for some column. */
        defaults?: true;
      }
    >
  /** What the triggers of the rows do, when they fire. */
  | On<'fire-triggers', { changes: readonly Change[] }>
  /** Of a system catalog, past all checks. */
  | Is<'write-catalog', { name: string; verb: 'insert' | 'update' | 'delete' | 'merge' | 'copy' }>
  | Is<'read-rows', { reads: readonly Read[]; locking: boolean }>;

type ProgramChange =
  | On<'create-view', { view: Table; replaces: boolean }>
  | On<'alter-view', { what: string; /** Functions that a default calls. */ runs?: readonly Key[] }>
  | On<'refresh', { concurrently: boolean; withData: boolean }>
  | On<'create-trigger', { trigger: Trigger; replaces: boolean }>
  | On<'drop-trigger', { trigger: string; cascade: boolean }>
  | On<'rename-trigger', { trigger: string; to: string }>
  | On<'enable-trigger', { /** A name, `all` or `user`. */ trigger: string; enabled: boolean }>
  | On<'create-policy', { policy: Policy }>
  | On<'alter-policy', { policy: Policy; to?: string }>
  | On<'drop-policy', { policy: string }>
  | On<'create-rule', { rule: string; reads: readonly Read[]; rewrite: Rewrite }>
  | On<'drop-rule', { rule: string }>
  | On<'enable-rule', { rule: string; enabled: boolean }>
  | On<'rename-rule', { rule: string; to: string }>
  | Is<
      'create-routine',
      {
        routine: Routine;
        replaces: boolean;
        /** What the statements of an SQL function name: they are checked when it is made. */
        reads: readonly Read[];
        writes: readonly Relation[];
        /** RETURN or BEGIN ATOMIC: parsed when the function is made. */
        parsed?: boolean;
      }
    >
  | Is<'drop-routine', Overload & { cascade: boolean }>
  | Is<'alter-routine', Overload & { to: Partial<Pick<Routine, 'schema' | 'name' | 'volatility' | 'searchPath'>> }>
  /** CREATE OPERATOR, CAST, OPERATOR CLASS, DOMAIN …: the functions that run where it is used. */
  | Is<'add-support', { of: Key; routines: readonly Key[] }>
  /** Null when it is dropped. */
  | Is<'set-event-trigger', { name: string; trigger: EventTrigger | null }>;

/** One of the functions of a name; where no arguments are written, the only one. */
interface Overload {
  readonly key: Key;
  readonly arguments: readonly TypeRef[] | null;
}

type TypeChange =
  | Is<'create-type', { type: Type }>
  | Is<'drop-type', { key: Key; cascade: boolean }>
  | Is<'rename-type', { key: Key; to: string }>
  | Is<'move-type', { key: Key; schema_to: string }>
  | Is<'add-enum-value', { key: Key; label: string; exists: boolean }>
  | Is<'rename-enum-value', { key: Key; label: string; to: string }>
  | Is<
      'alter-composite',
      {
        key: Key;
        what: 'add' | 'drop' | 'retype' | 'rename';
        attribute: string;
        type: TypeRef | null;
        cascade: boolean;
      }
    >
  | Is<'add-domain-constraint', { key: Key; name: string; notNull: boolean; valid: boolean }>
  | Is<'validate-domain-constraint', { key: Key; name: string }>
  | Is<'drop-domain-constraint', { key: Key; name: string | null; notNull: boolean }>
  | Is<'alter-domain-default', { key: Key }>;

type SequenceChange =
  | On<'create-sequence', { sequence: Table }>
  | On<'alter-sequence', { what: 'options' | 'owned-by' | 'persistence'; ownedBy: Table['ownedBy'] }>;

type ServerChange =
  | Is<'create-schema', { schema: string }>
  | Is<'drop-schema', { schema: string; cascade: boolean }>
  | Is<'rename-schema', { schema: string; to: string }>
  | Is<'create-extension', { extension: string; schema: string }>
  | Is<'drop-extension', { extension: string; cascade: boolean }>
  | Is<'drop-database', { name: string }>
  /** CREATE STATISTICS, COMMENT ON, publications, nextval(): a weak lock on each relation named. */
  | On<
      'note-relation',
      {
        what: 'statistics' | 'comment' | 'publication' | 'security-label' | 'sequence';
        mode: LockMode;
        name: string | null;
        /** Those that statistics are about. */
        columns?: readonly string[];
        /** Functions of the migrations in their expressions. */
        calls?: readonly Key[];
        dropped?: true;
        /** A publication that sends UPDATE or DELETE takes it in, or leaves it out. */
        publishes?: boolean;
        only?: true;
      }
    >
  | On<'grant', { revoke: boolean }>
  /** GRANT, REVOKE, roles and owners, where others notice: `what` is a clause for a message. */
  | Is<'change-access', { takes: boolean; what: string }>
  /** ALTER SYSTEM, ALTER DATABASE … SET, ALTER ROLE … SET; `setting` is null for RESET ALL, `value` for a reset. */
  | Is<
      'server-setting',
      { scope: 'system' | 'database' | 'role'; of: string; setting: string | null; value: string | null }
    >
  /** A function of the server that does more than yield a value. */
  | Is<'call-server', { name: string; harm: 'data' | 'sessions' | 'waits' | 'server'; does: string }>
  /** A function that the statement calls and no migration defines: of a major, of an extension, or of nobody known. */
  | Is<'need-function', { name: string; since: number | null; extension: string | null }>
  /** A function of an extension that works on a table: `does` is a verb with its object. */
  | On<
      'call-extension',
      {
        name: string;
        extension: string;
        does: string;
        mode: LockMode;
        /** Every row is written anew. */
        rewrites: boolean;
        /** It fails where the table has rows. */
        empty: boolean;
      }
    >
  /** Publications and subscriptions: `does` is a sentence, without its end. */
  | Is<
      'replication',
      { harm: 'data' | 'server'; does: string; /** FOR ALL TABLES, with UPDATE or DELETE. */ all?: true }
    >
  /** setval() and RESTART: the next number is one that is written down. */
  | On<'reset-sequence'>
  | On<'vacuum', { full: boolean; analyze: boolean }>
  | On<'analyze'>
  | On<'cluster'>
  /** VACUUM, ANALYZE, CLUSTER without a table. */
  | Is<'maintain-database', { what: 'vacuum' | 'vacuum-full' | 'analyze' | 'cluster' }>;

type SessionChange =
  | Is<'set', { setting: string; value: string | null; local: boolean }>
  | Is<'reset', { setting: string | null }>
  /** SET CONSTRAINTS … IMMEDIATE; `names` is null for ALL. */
  | Is<'check-deferred', { names: readonly string[] | null }>
  | Is<
      'transaction',
      {
        verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to' | 'prepare';
        savepoint?: string;
        /** AND CHAIN: the next begins at once. */
        chain?: true;
        /** A body says so. */
        within?: true;
      }
    >
  /** DISCARD TEMPORARY, DISCARD ALL. */
  | Is<'discard', { what: 'temporary' | 'all' }>
  /** PREPARE and DECLARE … CURSOR: the query runs at EXECUTE or FETCH. */
  | Is<'prepare', { name: string; /** Left out of reports. */ query?: Node }>
  | Is<'deallocate', { /** Null for ALL. */ name: string | null }>
  /** Known to touch no relation of ours: CREATE ROLE, NOTIFY, CREATE CAST … */
  | Is<'inert', { statement: string; /** Refused inside a transaction block (25001). */ alone: boolean }>
  /** Not known, or not knowable: becomes a blind spot, and the catalog partial when it may define objects. */
  | Is<
      'opaque',
      {
        because: string;
        dynamic: boolean;
        /** It passes a limit of ours. */ unread?: true;
        /** Code that runs beside a statement of rows, and hardly defines objects. */ beside?: true;
      }
    >;

/** A statement of a program may not run, or fail unnoticed. */
interface Uncertain {
  /** Why it may not run: "an IF decides whether it runs". */
  readonly condition?: string;
  /** An exception handler around it may swallow its failure. */
  readonly caught?: boolean;
  /** In a block with an exception handler and other statements, with whose failure it would go. */
  readonly together?: true;
  /** IF [NOT] EXISTS, OR REPLACE: what is missing, or there already, is no failure. */
  readonly lenient?: true;
}

/**
 * What a statement changes. Read once from the tree; the catalog applies it; the cost tables predict its costs.
 * One clause may be several: ADD COLUMN x int UNIQUE is add-column and add-constraint.
 */
export type Change = Uncertain &
  (RelationChange | RowChange | ProgramChange | TypeChange | SequenceChange | ServerChange | SessionChange);

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;
