import type { KindTable } from '../../model/finding-kind.ts';

/** What a database or a dump of the schema shows that no rule could, and what is said of ways down. */
export const DATABASE = {
  'failing-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'The migration fails on a real server.',
    why: 'The migrations before it were applied to an empty database, then this one, as the tool would do it; the server refused a statement.',
  },
  'lost-rows': {
    category: 'data-loss',
    severity: 'error',
    summary: 'On a real server rows are lost, and no statement says so.',
    why: 'A trigger, a function, a view or text that is put together when it runs dropped or emptied a table, or deleted rows: it was measured while the migration ran, and on tables that held rows they were counted before and after. Say it in the migration itself, or allow it with the reason why nobody needs the rows.',
  },
  'unpredicted-cost': {
    category: 'locks',
    severity: 'error',
    summary: 'A statement took a lock, or did work, that was not foretold.',
    why: 'The trace of a real server counts. A prediction that falls short is a defect of Migration Gate: please report the statement.',
  },
  'failing-rollback': {
    category: 'rollback',
    severity: 'error',
    summary: 'The way down fails.',
    why: 'Up, then down on a real server: the server refused a statement of the way down, which will do so on the night when it is needed. Without a database: the way down does not parse, or holds a statement that Postgres refuses whatever the rows.',
  },
  'incomplete-rollback': {
    category: 'rollback',
    severity: 'error',
    summary: 'The way down does not lead back to the schema before.',
    why: 'Up, then down on a real server: the schema is not what it was. Column order, comments and grants are not compared. Without a database, a warning: so it follows from the statements, where all of them are understood.',
  },
  'failing-reapply': {
    category: 'rollback',
    severity: 'warning',
    summary: 'After the way down the migration cannot be applied again.',
    why: 'Up, down and up again on a real server: the second time the migration fails, or leads to another schema than the first.',
  },
  'lossy-rollback': {
    category: 'rollback',
    severity: 'notice',
    summary: 'Up and down again, rows or values of before are lost.',
    why: 'The way down leads back to the schema, not to the data: what a dropped column held is not there when it is needed again. Rows were counted, and each column summed up, before the way up and after the way down.',
  },
  'missing-rollback': {
    category: 'rollback',
    severity: 'warning',
    summary: 'The migration has no way down, or an empty one.',
    why: 'Other migrations of this history can be taken back, or `require-rollback` is set. Write the way down: as the tool has it, as `rollback.sql` or `<name>.rollback.sql` beside the migration, or in comments that begin with `-- rollback:`. Or declare it: `-- migration-gate: irreversible: <reason>`.',
  },
  'irreversible-without-reason': {
    category: 'hygiene',
    severity: 'error',
    summary: 'A migration is declared irreversible, and no reason is given.',
    why: 'Who has to take the release back reads the reason. Write it after a colon: `-- migration-gate: irreversible: the old column is not kept`.',
  },
  'rollback-section-runs': {
    category: 'rollback',
    severity: 'error',
    summary: 'The SQL after `-- rollback:` is not commented out.',
    why: 'No tool knows this marker: it sends the whole file, and so takes back at once what the migration did. Comment out each line of the section.',
  },
  'not-idempotent': {
    category: 'failure',
    severity: 'warning',
    summary: 'A migration that claims to bear it cannot be applied twice.',
    why: 'It is declared idempotent (`-- migration-gate: idempotent`), its tool runs it again whenever it changes (`R__` of Flyway, `runOnChange` of Liquibase), or each of its statements says IF [NOT] EXISTS, OR REPLACE or ON CONFLICT. Applied a second time on a real server it fails, changes the schema again, or changes the number of rows.',
  },
  'failing-apply-command': {
    category: 'failure',
    severity: 'error',
    summary: 'The tool’s own command fails on an empty database.',
    why: '`apply-command` was run in the checkout, on an empty database, as a role that owns it. It ended with an error, or not in time.',
  },
  'apply-command-differs': {
    category: 'failure',
    severity: 'warning',
    summary: 'The tool’s own command leads to another schema than the files that were judged.',
    why: 'The schema that `apply-command` left in an empty database is not the one that was measured: it applies other files, in another order, or does more than they say, and what was judged is not what will run. The tables in which tools record what they have applied are left out.',
  },
  'repeated-apply-command': {
    category: 'failure',
    severity: 'warning',
    summary: 'The tool’s own command does something when it runs a second time.',
    why: 'After everything is applied, `apply-command` should do nothing. A second run failed, changed the schema, or changed the number of rows: so will the next deploy.',
  },
  'failing-seed': {
    category: 'failure',
    severity: 'error',
    summary: 'A file of `seed`, or `seed-command`, fails.',
    why: 'It was run before the migration, on the schema that the history leaves. Without its rows the migration was not rehearsed on what it was to be rehearsed on, and nothing is proven about them.',
  },
  'failing-on-rows': {
    category: 'data',
    severity: 'warning',
    summary: 'On tables that hold rows the migration fails.',
    why: 'On empty tables it succeeds. The rows are such as the schema allows, or those of your seed (then it is an error); those in production may be others, and only a query there can tell.',
  },
  leftover: {
    category: 'data',
    severity: 'warning',
    summary: 'The migration leaves something half done.',
    why: 'After it the database has what it had not before: an invalid index, a disabled trigger, a sequence behind the column that it serves, a broken view, a changed setting of the role or the database, rows that a foreign key forbids; and, as a notice, a constraint that is NOT VALID.',
  },
  'integrity-check': {
    category: 'data',
    severity: 'error',
    summary: 'A query of `integrity-checks` does not answer what it must.',
    why: 'It was asked before and after the migration, on tables that hold rows. What did not hold before is not held against the migration.',
  },
  'schema-drift': {
    category: 'schema',
    severity: 'warning',
    summary: 'The dump of the schema is not what the migrations leave.',
    why: 'The dump as it was before the change, and the migrations of the change on top of it, lead to another schema than the dump as it is now: somebody restores a database that is not the one in production.',
  },
} as const satisfies KindTable;
