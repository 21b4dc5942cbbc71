import type { Node } from './source.ts';
import type { PersistentMap } from './persistent-map.ts';
import type { Age, DependsOnFunctions, Key, TypeRef, Volatility } from './key.ts';
import type { EventTrigger, Rewrite, Routine, Trigger } from './program.ts';

export type { Age, Key, TypeRef, Volatility } from './key.ts';
export type { EventTrigger, Rewrite, Routine, Trigger } from './program.ts';

export type RelationKind =
  | 'table'
  | 'partitioned-table'
  | 'foreign-table'
  | 'index'
  | 'view'
  | 'materialized-view'
  | 'sequence'
  | 'composite-type';

export interface Default extends DependsOnFunctions {
  /** Of the whole expression, after the inlining of simple SQL functions, as ATExecAddColumn decides it. */
  readonly volatility: Volatility;
  readonly isNull: boolean;
  /** A constant or a call without arguments as SQL: `'new'`, `0`, `now()`. Absent for other expressions. */
  readonly text?: string;
  /** Key of the sequence that `nextval('…')` and its kin name, for serial columns and owned sequences. */
  readonly sequence?: Key;
  /** Types that the expression casts to on its way to the column's: it goes with them. */
  readonly through?: readonly Key[];
}

/** `calls` is about a generated column. */
export interface Column extends DependsOnFunctions {
  readonly name: string;
  /** Until it is deployed: added in this transaction, or by this pull request. */
  readonly age?: 'this-transaction' | 'this-pr';
  /** Since it was added in this transaction, it was given values. */
  readonly filled?: true;
  readonly type: TypeRef;
  readonly notNull: boolean;
  /** The author named its NOT NULL. */
  readonly notNullNamed?: true;
  readonly default: Default | null;
  readonly generated: 'stored' | 'virtual' | null;
  /** Columns that a generated column reads. */
  readonly generatedFrom?: readonly string[];
  /** A generated column that calls what is never immutable, which no server takes. */
  readonly mutable?: true;
  readonly identity: 'always' | 'by default' | null;
  readonly collation: string | null;
  /** Made by serial, bigserial or smallserial. */
  readonly serial?: boolean;
  /** An inheritance child or partition has it only because its parent has (pg_attribute.attislocal). */
  readonly inheritedOnly?: true;
  /** A child's NOT NULL is its own, not only its parent's: since 18 it stays when that goes. */
  readonly ownNotNull?: true;
}

/** What a foreign key does to the rows that refer. */
export type Reaction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export type ConstraintType = 'check' | 'foreign-key' | 'unique' | 'primary-key' | 'exclude' | 'not-null';

export interface Constraint extends DependsOnFunctions {
  /** As written, or as Postgres names it (ChooseConstraintName). */
  readonly name: string;
  readonly type: ConstraintType;
  readonly columns: readonly string[];
  /** False after NOT VALID until VALIDATE. */
  readonly valid: boolean;
  /** Of one that was added NOT VALID, until that is deployed. */
  readonly age?: 'this-transaction' | 'this-pr';
  /** False after NOT ENFORCED (18+). */
  readonly enforced: boolean;
  readonly deferrable: boolean;
  /** INITIALLY DEFERRED: it is checked when the transaction commits. */
  readonly deferred?: true;
  readonly noInherit: boolean;
  /** ADD CONSTRAINT … USING INDEX: the index that becomes the constraint's. */
  readonly usingIndex: string | null;
  readonly references: {
    readonly schema: string;
    readonly name: string;
    readonly columns: readonly string[];
    readonly onDelete: Reaction;
    readonly onUpdate: Reaction;
  } | null;
  /** For a check: the columns whose `IS NOT NULL` it proves, alone or and-ed. */
  readonly provesNotNull: readonly string[];
  /** For a check: a canonical text of its conjuncts, to see whether it implies a partition bound. */
  readonly conjuncts?: readonly string[];
  /** For a check: columns that it compares as they are, without a cast. */
  readonly compares?: readonly string[];
  /** Of EXCLUDE: the access method that is written. */
  readonly method?: string;
  /** An exclusion with WHERE. */
  readonly partial?: true;
  /** Named by the author, rather than by Postgres. */
  readonly named: boolean;
  /** A check or foreign key that a child or partition has only because its parent has (pg_constraint.conislocal). */
  readonly inheritedOnly?: true;
}

/** A key column's options (pg_index.indclass, indcollation, indoption). */
interface IndexElement {
  /** Null for the default operator class of the column's type. */
  readonly operatorClass: string | null;
  /** Null for the column's own. */
  readonly collation: string | null;
  readonly descending: boolean;
}

export interface Index extends DependsOnFunctions {
  readonly name: string;
  /** Key columns; an expression is `null`. */
  readonly columns: readonly (string | null)[];
  /** Columns read by expressions and by the predicate, and INCLUDE columns. */
  readonly reads: readonly string[];
  readonly unique: boolean;
  readonly method: string;
  readonly partial: boolean;
  /** False while a CREATE INDEX CONCURRENTLY has not finished, or ON ONLY a partitioned table. */
  readonly valid: boolean;
  /** The constraint it stands behind. */
  readonly constraint: string | null;
  /** Key of the partitioned table's index that it is a part of (pg_inherits). */
  readonly parent?: Key;
  /** What the index calls its columns, INCLUDE columns too, where that is not what the table calls its key columns. */
  readonly names?: readonly string[];
  /** Columns that its predicate compares as they are, without a cast. */
  readonly compares?: readonly string[];
  /** How each key column is indexed, in their order; unknown for an index that was introspected. */
  readonly elements?: readonly IndexElement[];
}

/** What a view, policy or rule reads: a relation, and the columns when they are known. */
export interface Read {
  readonly relation: Key;
  readonly columns: readonly string[] | null;
  /** FROM ONLY: not its children. */
  readonly only?: true;
}

/** `calls` is about expressions of the key. */
export interface Partitioning extends DependsOnFunctions {
  readonly strategy: 'range' | 'list' | 'hash';
  readonly columns: readonly (string | null)[];
}

export interface Bound {
  readonly kind: 'range' | 'list' | 'hash' | 'default';
  /** Conjuncts that a valid CHECK must contain to imply the bound, in the form of `Constraint.conjuncts`. */
  readonly conjuncts: readonly string[];
}

/** CREATE STATISTICS: it goes with each of its columns. */
export interface Statistics extends DependsOnFunctions {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Policy extends DependsOnFunctions {
  readonly name: string;
  readonly reads: readonly Read[];
}

/** Everything with a row in pg_class, indexes apart, which live with their table. */
/** A column of a view; null for what is not known of it. */
export interface ViewColumn {
  readonly name: string | null;
  readonly type: TypeRef | null;
}

export interface Table extends DependsOnFunctions {
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly persistence: 'permanent' | 'unlogged' | 'temporary';
  readonly age: Age;
  /** False when its creation was not seen: what is absent here may still exist. */
  readonly complete: boolean;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly rules: readonly string[];
  /** What the rules do, as far as that was seen. */
  readonly rewrites?: readonly Rewrite[];
  readonly statistics: readonly Statistics[];
  readonly rowSecurity: boolean;
  readonly partitioning: Partitioning | null;
  readonly partitionOf: { readonly parent: Key; readonly bound: Bound } | null;
  readonly inherits: readonly Key[];
  /** CREATE TABLE … OF a composite type. */
  readonly ofType: Key | null;
  /** Views and materialized views: what the query reads. */
  readonly reads: readonly Read[];
  /** Views: the columns, where it is known how many there are. */
  readonly yields?: readonly ViewColumn[];
  /** Sequences: the column that owns it. */
  readonly ownedBy: {
    readonly table: Key;
    readonly column: string;
    /** The column is an identity, whose numbers it makes (pg_depend.deptype i). */
    readonly identity?: true;
  } | null;
  readonly options: Readonly<Record<string, string>>;
  readonly accessMethod: string | null;
  readonly tablespace: string | null;
  /** A publication that sends UPDATE or DELETE names it. */
  readonly published?: boolean;
  /** REPLICA IDENTITY USING INDEX or FULL. */
  readonly replicaIdentity?: true;
  /** Rows changed in this transaction, of which a deferred trigger or constraint waits for its end. */
  readonly pending?: true;
  /** ON COMMIT DROP. */
  readonly dropsOnCommit?: true;
  /** TRUNCATE in this transaction: its new file holds no row, or as few as INSERT … VALUES has added since. */
  readonly emptied?: true;
}

export interface Type {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'enum' | 'domain' | 'composite' | 'range' | 'base';
  readonly age: Age;
  readonly labels: readonly string[];
  /** Labels added in this transaction: unusable until it commits (55P04). */
  readonly fresh: readonly string[];
  readonly base: TypeRef | null;
  /** Composite types: the types of what they are made of; absent where that was not seen. */
  readonly attributes?: readonly { readonly name: string; readonly type: Key }[];
  /** Domains: constraints, by name. */
  readonly constraints: readonly { readonly name: string; readonly notNull: boolean; readonly valid: boolean }[];
  readonly notNull: boolean;
  /** CREATE TYPE without a definition: the next one completes it. */
  readonly shell?: true;
}

interface Extension {
  /** Where its types and functions are. */
  readonly schema: string;
  readonly age: Age;
}

/** The schema as the statements so far have left it. Plain data: `apply` returns a new one. */
export interface Catalog {
  readonly relations: PersistentMap<Table>;
  /** An index's key to its table's key. */
  readonly indexes: PersistentMap<Key>;
  /** Partitions and inheritance children by their parent's key. */
  readonly children: PersistentMap<readonly Key[]>;
  readonly types: PersistentMap<Type>;
  /** Overloads share a key. */
  readonly routines: PersistentMap<readonly Routine[]>;
  readonly schemas: PersistentMap<Age>;
  /** Dropped or renamed, and not created again: a search path skips them (recomputeNamespacePath, namespace.c). */
  readonly droppedSchemas: PersistentMap<true>;
  readonly extensions: PersistentMap<Extension>;
  readonly eventTriggers: PersistentMap<EventTrigger>;
  /** Functions of the migrations behind an operator (`operator @@@`), or behind a type: its checks, casts and operator classes (`type s.t`). */
  readonly support: PersistentMap<readonly Key[]>;
  /** A publication FOR ALL TABLES sends UPDATE or DELETE. */
  readonly publishesAll?: true;
  readonly searchPath: readonly string[];
  /** The search path once the transaction ends: SET LOCAL is over. */
  readonly sessionPath: readonly string[];
  /** Search paths that may be in force instead, where a SET may not have been run. */
  readonly otherPaths: readonly (readonly string[])[];
  /** What PREPARE and DECLARE … CURSOR name; several where one of them may not have been run. */
  readonly prepared: PersistentMap<readonly Node[]>;
  /** Relations, types, routines and schemas that a statement may or may not have changed, which may not have run. */
  readonly uncertain: PersistentMap<true>;
  /**
   * Where no tool says that the migrations are all that makes objects, the relations that they have dropped, which are certainly
   * not there; null where they are all.
   */
  readonly dropped: PersistentMap<true> | null;
  /** Why something may exist that is not here; empty for a history that is whole. */
  readonly partial: readonly string[];
}

export const keyOf = (relation: { readonly schema: string; readonly name: string }): Key =>
  `${relation.schema}.${relation.name}`;

/** Of a function's arguments, by which overloads are told apart; modifiers are no part of it. */
export const signature = (types: readonly TypeRef[]): string =>
  types.map(type => `${keyOf(type)}${type.array ? '[]' : ''}`).join();
