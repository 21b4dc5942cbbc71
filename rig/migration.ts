import type { Migration } from '../src/model/source.ts';

/** A changed migration in plain SQL, one transaction, unless `rest` says otherwise. */
export const migrationOf = (sql: string, rest: Partial<Migration> = {}): Migration => ({
  id: 'a',
  framework: 'plain-sql',
  file: 'migrations/a.sql',
  sql,
  changed: true,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
  ...rest,
});
