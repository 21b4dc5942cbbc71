import type { LockMode } from './lock.ts';
import type {
  Age,
  Bound,
  Column,
  Constraint,
  Default,
  Index,
  Key,
  Read,
  RelationKind,
  Table,
  TypeRef,
} from './schema.ts';

/** A relation as a statement names it, resolved through the search path. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly age: Age;
}

/** Of one relation. */
export type On<K extends string, Rest = unknown> = { readonly kind: K; readonly relation: Relation } & Readonly<Rest>;
/** Of anything else. */
export type Is<K extends string, Rest = unknown> = { readonly kind: K } & Readonly<Rest>;

/** ONLY: not the children. */
type Narrow<Rest = unknown> = Readonly<Rest> & { readonly only?: true };

type TableChange =
  | On<
      'create-table',
      {
        table: Table;
        like: readonly Relation[];
        reads: readonly Read[];
        filled: boolean;
        /** A column that is written twice. */
        repeated?: string;
      }
    >
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
  | On<'set-replica-identity', { index: string | null; /** FULL, or USING INDEX. */ identifies: boolean }>
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
        /** Its part of a foreign key to a partitioned table becomes its own (15+; before, it is lost). */
        keepsKeys: boolean;
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
  | On<'set-not-null', Narrow<{ column: string; /** It is the parent's. */ inherited?: true }>>
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

/** What a statement changes of a table, its columns, constraints and indexes. */
export type RelationChange = TableChange | ColumnChange | ConstraintChange | IndexChange;
