import type { RelationKind, Routine, Type } from './schema.ts';

export type ObjectKind = Exclude<RelationKind, 'index'> | Type['kind'] | Routine['kind'] | 'schema' | 'extension';

export type PartKind =
  'column' | 'constraint' | 'index' | 'trigger' | 'policy' | 'rule' | 'statistics' | 'option' | 'label' | 'body';

/** A part of an object as each side describes it, in words close to SQL; null where it is absent. */
export interface PartDiff {
  readonly part: PartKind;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** An object that one side lacks, or that the sides describe differently; both descriptions name it after a rename. */
export interface ObjectDiff {
  readonly kind: ObjectKind;
  /** As the later side names it. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly parts: readonly PartDiff[];
}

export type Touch = 'added' | 'changed' | 'removed';

export interface EntityColumn {
  readonly name: string;
  readonly type: string;
  readonly keys: readonly ('primary' | 'foreign' | 'unique')[];
  readonly touch: Touch | null;
}

/** A table of the diagram. Of neighbours, only the columns of keys are drawn. */
export interface Entity {
  readonly name: string;
  readonly touch: Touch | null;
  readonly columns: readonly EntityColumn[];
  /** Columns that are left out. */
  readonly omitted: number;
}

/** A foreign key, from the table that has it to the one it references, by their places among the entities. */
export interface Reference {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly string[];
  /** At most one row refers to another: the columns are unique. */
  readonly single: boolean;
  readonly optional: boolean;
}

export interface Diagram {
  readonly entities: readonly Entity[];
  readonly references: readonly Reference[];
  /** Tables that are left out. */
  readonly omitted: number;
}

/** What the pull request does to one database's schema, as far as the statements were understood. */
export interface SchemaDiff {
  /** The folder of the migrations. */
  readonly root: string;
  readonly objects: readonly ObjectDiff[];
  /** False where a statement was not understood: it may change more. */
  readonly whole: boolean;
  /** Null where no column and no key of a table changes. */
  readonly diagram: Diagram | null;
}
