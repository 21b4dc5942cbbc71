import type { LockMode } from './lock.ts';
import type {
  Age,
  Bound,
  Column,
  Constraint,
  Default,
  Index,
  Key,
  Policy,
  Read,
  RelationKind,
  Routine,
  Table,
  Trigger,
  Type,
  TypeRef,
} from './schema.ts';

/** A relation as a statement names it, resolved through the search path. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly age: Age;
}

type On<K extends string, Rest = unknown> = { readonly kind: K; readonly relation: Relation } & Readonly<Rest>;
type Is<K extends string, Rest = unknown> = { readonly kind: K } & Readonly<Rest>;

/** ONLY: not the children. */
type Narrow<Rest = unknown> = Readonly<Rest> & { readonly only?: true };

type TableChange =
  | On<'create-table', { table: Table; like: readonly Relation[]; reads: readonly Read[]; filled: boolean }>
  /** Table, view, materialized view, foreign table, sequence. */
  | On<
      'drop-relation',
      {
        cascade: boolean;
        /** What it is called in the statement, where it is something else. */
        called?: RelationKind;
        /** Relations that the same statement drops. */
        beside?: readonly Key[];
      }
    >
  | On<'rename-relation', { to: string }>
  | On<'move-relation', { schema_to: string }>
  | On<'set-persistence', { to: 'permanent' | 'unlogged'; /** Those it owns follow (15+). */ sequences: boolean }>
  | On<'set-tablespace', { to: string }>
  | On<'set-access-method', { to: string }>
  | On<'set-options', { options: Readonly<Record<string, string | null>> }>
  | On<'set-owner', { to: string }>
  | On<'set-row-security', { enabled: boolean | null; forced: boolean | null }>
  | On<'set-replica-identity', { index: string | null }>
  | On<'set-cluster-index', { index: string | null }>
  | On<'inherit', { parent: Relation; on: boolean }>
  | On<'set-of-type', { type: Key | null }>
  | On<
      'attach-partition',
      { partition: Relation; bound: Bound; /** The parent's identity is its own (17+). */ identity: boolean }
    >
  | On<
      'detach-partition',
      {
        partition: Relation;
        concurrently: boolean;
        finalize: boolean;
        /** It loses the parent's identity (17+). */ identity: boolean;
        /** Its part of a key of the partitioned table to itself becomes its own (15+; before, it is lost). */
        keepsWithin: boolean;
      }
    >
  | On<
      'truncate',
      Narrow<{ cascade: boolean; restart: boolean; /** Named in the same statement. */ beside: readonly Key[] }>
    >
  | On<'lock-relation', Narrow<{ mode: LockMode }>>;

type ColumnChange =
  | On<'add-column', { column: Column; only: boolean }>
  | On<'drop-column', Narrow<{ column: string; cascade: boolean }>>
  | On<'rename-column', { column: string; to: string }>
  | On<'set-default', Narrow<{ column: string; default: Default | null }>>
  | On<
      'retype-column',
      {
        column: string;
        from: Column | null;
        to: TypeRef;
        collation: string | null;
        using: 'none' | 'relabel' | 'expression';
        /** The types that USING casts the column to on its way, the first first. */
        through?: readonly TypeRef[];
      }
    >
  | On<'set-not-null', Narrow<{ column: string }>>
  | On<'drop-not-null', Narrow<{ column: string; /** Children keep what is their own (18+). */ keepsOwn: boolean }>>
  | On<
      'set-identity',
      Narrow<{
        column: string;
        to: 'always' | 'by default' | 'same' | null;
        existed: boolean;
        /** The new one's. */
        sequence: Table | null;
      }>
    >
  | On<'set-expression', Narrow<{ column: string; to: Pick<Column, 'generatedFrom' | 'calls'> | null }>>
  /** SET STATISTICS; SET (n_distinct = …), which never reaches children: SHARE UPDATE EXCLUSIVE. */
  | On<'set-column-statistics', Narrow<{ column: string }>>
  /** SET STORAGE, SET COMPRESSION: existing values stay as they are. */
  | On<'set-column-storage', Narrow<{ column: string; what: 'storage' | 'compression' }>>;

type ConstraintChange =
  | On<
      'add-constraint',
      {
        constraint: Constraint;
        /** Written on the column that the same ADD COLUMN adds: a foreign key on all-null values is not checked. */
        inline: boolean;
        only?: true;
      }
    >
  | On<'validate-constraint', Narrow<{ constraint: string }>>
  | On<'drop-constraint', Narrow<{ constraint: string; cascade: boolean }>>
  | On<'rename-constraint', { constraint: string; to: string }>
  | On<'alter-constraint', { constraint: string; enforced: boolean | null; deferrable: boolean | null }>;

type IndexChange =
  | On<
      'create-index',
      {
        index: Index;
        concurrently: boolean;
        only: boolean;
        /** An expression or the predicate calls what is never immutable. */
        mutable?: true;
        /** IF NOT EXISTS found it: the lock is all. */ exists: boolean;
      }
    >
  /** `relation` is the table; of kind `index` when the table is not known. */
  | On<'drop-index', { index: string; concurrently: boolean; cascade: boolean }>
  | On<'rename-index', { index: string; to: string; throughTable: boolean }>
  | On<'set-index-options', { index: string; strong: boolean }>
  | On<'attach-index', { index: string; child: string }>
  | On<'reindex', { index: string | null; concurrently: boolean }>
  | Is<
      'reindex-many',
      {
        target: 'schema' | 'database' | 'system';
        /** Of a schema, which. */ schema: string | null;
        concurrently: boolean;
      }
    >;

type RowChange =
  | On<
      'change-rows',
      {
        verb: 'insert' | 'update' | 'delete' | 'merge' | 'copy';
        /** WHERE, a join or a LIMIT narrows the rows. */
        bounded: boolean;
        /** The rows are limited to a batch: by LIMIT, ctid, a key range or VALUES. */
        batched: boolean;
        columns: readonly string[];
        reads: readonly Read[];
        /** UPDATE ONLY, DELETE FROM ONLY: not its children. */
        only?: true;
      }
    >
  /** What the triggers of the rows do, when they fire. */
  | On<'fire-triggers', { changes: readonly Change[] }>
  | Is<'read-rows', { reads: readonly Read[]; locking: boolean }>;

type ProgramChange =
  | On<'create-view', { view: Table; replaces: boolean }>
  | On<'alter-view', { what: string }>
  | On<'refresh', { concurrently: boolean; withData: boolean }>
  | On<'create-trigger', { trigger: Trigger; replaces: boolean }>
  | On<'drop-trigger', { trigger: string; cascade: boolean }>
  | On<'rename-trigger', { trigger: string; to: string }>
  | On<'enable-trigger', { /** A name, `all` or `user`. */ trigger: string; enabled: boolean }>
  | On<'create-policy', { policy: Policy }>
  | On<'alter-policy', { policy: Policy; to?: string }>
  | On<'drop-policy', { policy: string }>
  | On<'create-rule', { rule: string; reads: readonly Read[] }>
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
  | Is<'alter-routine', Overload & { to: Partial<Pick<Routine, 'schema' | 'name' | 'volatility'>> }>;

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
        dropped?: true;
        only?: true;
      }
    >
  | On<'grant', { revoke: boolean }>
  | On<'vacuum', { full: boolean; analyze: boolean }>
  | On<'analyze'>
  | On<'cluster'>
  /** VACUUM, ANALYZE, CLUSTER without a table. */
  | Is<'maintain-database', { what: 'vacuum' | 'vacuum-full' | 'analyze' | 'cluster' }>;

type SessionChange =
  | Is<'set', { setting: string; value: string | null; local: boolean }>
  | Is<'reset', { setting: string | null }>
  | Is<'transaction', { verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to' | 'prepare' }>
  /** Known to touch no relation of ours: CREATE ROLE, NOTIFY, CREATE CAST … */
  | Is<'inert', { statement: string; /** Refused inside a transaction block (25001). */ alone: boolean }>
  /** Not known, or not knowable: becomes a blind spot, and the catalog partial when it may define objects. */
  | Is<'opaque', { because: string; dynamic: boolean }>;

/** A statement of a program may not run, or fail unnoticed. */
export interface Hedged {
  /** Why it may not run: "an IF decides whether it runs". */
  readonly condition?: string;
  /** An exception handler around it may swallow its failure. */
  readonly caught?: boolean;
  /** IF [NOT] EXISTS, OR REPLACE: what is missing, or there already, is no failure. */
  readonly lenient?: true;
}

/**
 * What a statement changes. Read once from the tree; the catalog applies it; the price list prices it.
 * One clause may be several: ADD COLUMN x int UNIQUE is add-column and add-constraint.
 */
export type Change = Hedged &
  (
    | TableChange
    | ColumnChange
    | ConstraintChange
    | IndexChange
    | RowChange
    | ProgramChange
    | TypeChange
    | SequenceChange
    | ServerChange
    | SessionChange
  );

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;
