import type { KindTable } from '../../model/finding-kind.ts';

/** What a database or a dump of the schema shows that no rule could, and findings about down migrations. */
export const DATABASE = {
  'failing-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'The migration fails on a real server.',
    why: 'The earlier migrations were applied to an empty database, then this one, as the tool would apply it; the server rejected a statement.',
  },
  'lost-rows': {
    category: 'data-loss',
    severity: 'error',
    summary: 'Rows are lost on a real server, and no statement says so.',
    why: 'A trigger, a function, a view or SQL built at run time dropped or emptied a table, or deleted rows. This was measured while the migration ran; on tables with rows, the rows were counted before and after. Delete the rows explicitly in the migration, or suppress the finding with the reason why nobody needs them.',
  },
  'unpredicted-cost': {
    category: 'locks',
    severity: 'error',
    summary: 'A statement took a lock or did work that was not predicted.',
    why: 'The trace of a real server takes precedence over the prediction. An incomplete prediction is a bug of Migration Gate: please report the statement.',
  },
  'failing-rollback': {
    category: 'rollback',
    severity: 'error',
    summary: 'The down migration fails.',
    why: 'The migration was applied on a real server and then rolled back; the server rejected a statement of the down migration. Without a database: the down migration cannot be parsed, or contains a statement that Postgres rejects whatever the data.',
  },
  'incomplete-rollback': {
    category: 'rollback',
    severity: 'error',
    summary: 'The down migration does not restore the previous schema.',
    why: 'The migration was applied on a real server and then rolled back; the schema is not what it was. Column order, comments and grants are not compared. Without a database this is a warning: it follows from the statements, if all of them are understood.',
  },
  'failing-reapply': {
    category: 'rollback',
    severity: 'warning',
    summary: 'After its down migration, the migration cannot be applied again.',
    why: 'The migration was applied on a real server, rolled back and applied again; the second time it fails or produces a different schema.',
  },
  'lossy-rollback': {
    category: 'rollback',
    severity: 'notice',
    summary: 'Rolling back does not restore the original data.',
    why: 'The down migration restores the schema but not the data, such as the values of a dropped column. Rows were counted, and a checksum of each column was computed, before the migration and after its rollback.',
  },
  'missing-rollback': {
    category: 'rollback',
    severity: 'warning',
    summary: 'The migration has no down migration, or an empty one.',
    why: 'Other migrations of this history can be rolled back, or `require-rollback` is set. Write the down migration in the format of the tool, as `rollback.sql` or `<name>.rollback.sql` next to the migration, or in comments that begin with `-- rollback:`. Or declare the migration irreversible: `-- migration-gate: irreversible: <reason>`.',
  },
  'irreversible-without-reason': {
    category: 'hygiene',
    severity: 'error',
    summary: 'A migration is declared irreversible without a reason.',
    why: 'State why, for whoever has to roll back the release. Write the reason after a colon: `-- migration-gate: irreversible: the old column is not kept`.',
  },
  'rollback-section-runs': {
    category: 'rollback',
    severity: 'error',
    summary: 'The SQL after `-- rollback:` is not commented out.',
    why: 'No tool knows this marker: it sends the whole file, and so rolls the migration back immediately. Comment out each line of the section.',
  },
  'not-idempotent': {
    category: 'failure',
    severity: 'warning',
    summary: 'A migration declared idempotent is not.',
    why: 'The migration is declared idempotent (`-- migration-gate: idempotent`), its tool runs it again whenever it changes (`R__` in Flyway, `runOnChange` in Liquibase), or each of its statements has IF [NOT] EXISTS, OR REPLACE or ON CONFLICT. Applied a second time on a real server, it fails, changes the schema again, or changes the number of rows.',
  },
  'failing-apply-command': {
    category: 'failure',
    severity: 'error',
    summary: 'The command of the migration tool fails on an empty database.',
    why: '`apply-command` was run in the checkout, on an empty database, as the role that owns it. It exited with an error, or did not finish in time.',
  },
  'apply-command-differs': {
    category: 'failure',
    severity: 'warning',
    summary: 'The command of the migration tool produces a different schema than the checked files.',
    why: 'The schema that `apply-command` produced in an empty database is not the one that was measured: the command applies other files, in another order, or does more than the files say, so the checked statements are not what will run. Tables in which tools record applied migrations are ignored.',
  },
  'repeated-apply-command': {
    category: 'failure',
    severity: 'warning',
    summary: 'The command of the migration tool makes changes when it runs a second time.',
    why: 'After everything is applied, `apply-command` should do nothing. A second run failed, changed the schema, or changed the number of rows, and so will the next deploy.',
  },
  'failing-seed': {
    category: 'failure',
    severity: 'error',
    summary: 'A file of `seed`, or `seed-command`, fails.',
    why: 'It was run before the migration, on the schema that the history produces. Without its rows, the migration was not tested on the intended data, and nothing is verified about them.',
  },
  'failing-on-rows': {
    category: 'data',
    severity: 'warning',
    summary: 'The migration fails on tables with rows.',
    why: 'It succeeds on empty tables. The rows were generated within the limits of the schema, or come from your seed (then it is an error). The rows in production may be different, and only a query there can tell.',
  },
  leftover: {
    category: 'data',
    severity: 'warning',
    summary: 'The migration leaves something unfinished behind.',
    why: 'The migration leaves behind an invalid index, a disabled trigger, a sequence behind its column, a broken view, a changed setting of the role or the database, rows that violate a foreign key, or, as a notice, a constraint that is NOT VALID.',
  },
  'integrity-check': {
    category: 'data',
    severity: 'error',
    summary: 'A query of `integrity-checks` does not return the required result.',
    why: 'It was run before and after the migration, on tables with rows. A check that already failed before the migration is not reported.',
  },
  'schema-drift': {
    category: 'schema',
    severity: 'warning',
    summary: 'The schema dump differs from the schema that the migrations produce.',
    why: 'The old dump with the migrations of the change applied is not the same schema as the new dump: a database restored from the dump would differ from production.',
  },
} as const satisfies KindTable;
