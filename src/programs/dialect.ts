/** How the programs of one tool talk to the database. */
export interface Dialect {
  /** Methods whose first argument is SQL. */
  readonly sends: readonly string[];
  /** `await`: what `sends` returns runs once it is awaited or returned; `call`: the call itself sends it. */
  readonly when: 'await' | 'call';
  /** What it puts into the text from the second argument. */
  readonly fills: 'knex' | 'replacements' | 'braces' | 'marks' | 'none';
  /** Methods that only look at the database, or only make text. */
  readonly looks: readonly string[];
  /** The tool puts a transaction around a migration, unless `outside` says otherwise of this one. */
  readonly wraps: boolean;
  /** Does it leave the tool's transaction: by an export or a member of its class, or by a method that was called? */
  readonly outside: (exported: (name: string) => unknown, called: ReadonlySet<string>) => boolean;
}
