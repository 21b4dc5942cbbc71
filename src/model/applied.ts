/** A database whose history was exported, for the check of a pull request. */
export interface AppliedTo {
  readonly database: string;
  /** When the history was read, ISO 8601. */
  readonly readAt: string;
}

/** Which merged migrations are applied where, as exported histories say. */
export interface Applied {
  readonly databases: readonly AppliedTo[];
  /** Where the migration of a merged file is applied, also where it has failed; empty if it is applied nowhere. */
  readonly where: (file: string, id: string) => readonly AppliedTo[];
  /** Merged migrations that are applied nowhere. */
  readonly open: readonly string[];
}
