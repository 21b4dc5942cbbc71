import type { Kind } from './work.ts';

/** What a migration must not do unseen, to the table it is aimed at. */
export interface Core {
  readonly id: string;
  readonly kind: Kind;
  /** The table must be a table: no view can be truncated. */
  readonly sort: 'rows' | 'table';
  sql(table: string): string;
}

const core = (id: string, kind: Kind, sort: Core['sort'], sql: Core['sql']): Core => ({ id, kind, sort, sql });

export const CORES: readonly Core[] = [
  core('delete', 'dml', 'rows', table => `DELETE FROM ${table}`),
  core('delete-true', 'dml', 'rows', table => `DELETE FROM ${table} WHERE true`),
  core('update-null', 'dml', 'rows', table => `UPDATE ${table} SET note = NULL`),
  core('merge-delete', 'dml', 'table', t => `MERGE INTO ${t} m USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE`),
  core('delete-only', 'dml', 'table', table => `DELETE FROM ONLY ${table}`),
  core('delete-using', 'dml', 'rows', table => `DELETE FROM ${table} d USING settings`),
  core('update-from', 'dml', 'rows', t => `UPDATE ${t} u SET note = x.n FROM (SELECT NULL::text AS n) x`),
  core('update-default', 'dml', 'rows', table => `UPDATE ${table} SET (note, total) = (DEFAULT, 0)`),
  core(
    'merge-update',
    'dml',
    'table',
    t => `MERGE INTO ${t} m USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET note = NULL`,
  ),
  core('truncate', 'utility', 'table', table => `TRUNCATE ${table}`),
  core('truncate-table', 'utility', 'table', table => `TRUNCATE TABLE ${table} CASCADE`),
  core('drop-table', 'utility', 'table', table => `DROP TABLE ${table}`),
  core('drop-table-cascade', 'utility', 'table', table => `DROP TABLE IF EXISTS ${table} CASCADE`),
  core('drop-column', 'utility', 'table', table => `ALTER TABLE ${table} DROP COLUMN note`),
  core('retype', 'utility', 'table', table => `ALTER TABLE ${table} ALTER COLUMN note TYPE int USING NULL`),
  core('drop-list', 'utility', 'table', table => `DROP TABLE IF EXISTS nothing, ${table} CASCADE`),
  core('truncate-list', 'utility', 'table', table => `TRUNCATE settings, ONLY ${table} RESTART IDENTITY`),
  core('made-anew', 'utility', 'table', table => `ALTER TABLE ${table} DROP COLUMN note, ADD COLUMN note text`),
  core('emptied', 'utility', 'table', table => `ALTER TABLE ${table} ALTER note SET DATA TYPE text USING NULL`),
  core('rename-table', 'utility', 'table', table => `ALTER TABLE ${table} RENAME TO gone`),
  core('rename-column', 'utility', 'table', table => `ALTER TABLE ${table} RENAME COLUMN note TO remark`),
];

/** Aimed at themselves. */
export const FIXED_CORES: readonly Core[] = [
  core('delete-cascade', 'dml', 'rows', () => 'DELETE FROM customers'),
  core('drop-schema', 'utility', 'table', () => 'DROP SCHEMA store CASCADE'),
  core('truncate-cascade', 'utility', 'table', () => 'TRUNCATE customers CASCADE'),
  core('catalog-delete', 'dml', 'rows', () => "DELETE FROM pg_attribute WHERE attrelid = 'orders'::regclass"),
  core('catalog-update', 'dml', 'rows', () => "UPDATE pg_class SET relname = 'gone' WHERE relname = 'orders'"),
  core('move-table', 'utility', 'table', () => 'ALTER TABLE orders SET SCHEMA store'),
  core('rename-schema', 'utility', 'table', () => 'ALTER SCHEMA store RENAME TO gone'),
  core('drop-several', 'utility', 'table', () => 'DROP TABLE store.items, orders'),
  core('drop-public', 'utility', 'table', () => 'DROP SCHEMA IF EXISTS nothing, public CASCADE'),
  core(
    'upsert-all',
    'dml',
    'rows',
    () => 'INSERT INTO orders SELECT * FROM orders ON CONFLICT (id) DO UPDATE SET note = NULL',
  ),
  core('update-cascade', 'dml', 'rows', () => 'UPDATE customers SET id = id + 100'),
];

/** Of the same kinds, and nobody's loss. */
export const INNOCENTS: readonly Core[] = [
  core('new-table', 'utility', 'table', () => 'CREATE TABLE fresh (id bigint PRIMARY KEY, body text)'),
  core('new-row', 'dml', 'rows', () => "INSERT INTO settings (id, value) VALUES (77, 'x')"),
];
