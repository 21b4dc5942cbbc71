/** Migrations in which it depends on what came before whether `orders` is the table of the history or something in front of it. */

export type Random = () => number;

/** Numbers from 0 to 1 (a linear congruential generator): the same seed gives the same migrations. */
export function randomFrom(seed: number): Random {
  let state = seed % 2147483648;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

export const SHADOWED = `
  CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint REFERENCES customers (id), total int);
  CREATE VIEW order_totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY 1;`;
export const SHADOWED_ROWS = `
  INSERT INTO customers (email) SELECT 'a' || n FROM generate_series(1, 5) n;
  INSERT INTO orders (customer_id, total) SELECT n, n FROM generate_series(1, 5) n;`;
/** Five of each where nothing was lost; an error where a table or column is gone. */
export const LEFT =
  'SELECT (SELECT count(total) FROM public.orders) AS orders, (SELECT count(*) FROM public.customers) AS customers';

const SHADOWS = [
  'CREATE TEMP TABLE orders (id int)',
  'CREATE TEMP TABLE orders (id int) ON COMMIT DROP',
  'CREATE TEMP TABLE orders ON COMMIT DROP AS SELECT 1 AS id',
  'CREATE TEMP TABLE IF NOT EXISTS orders (id int)',
  'CREATE TABLE pg_temp.orders (id int)',
  'CREATE TEMP TABLE "Orders" (id int)',
  'CREATE TEMP VIEW orders AS SELECT * FROM public.orders',
  'CREATE TEMP TABLE orders (id int) ON COMMIT DELETE ROWS',
  'SELECT 1 AS id INTO TEMP orders',
  'CREATE TABLE e.orders (id int)',
  'CREATE TABLE e."ORDERS" (id int)',
  'CREATE VIEW e.orders AS SELECT * FROM public.orders',
];
const PATHS = [
  'SET search_path = e, public',
  'SET LOCAL search_path = e, public',
  'SET search_path = public, e',
  "SET search_path = 'e, public'",
  "SELECT set_config('search_path', 'e,public', true)",
  "SELECT set_config('search_path', 'E , public', false)",
  'SET search_path = "E", public',
  'SET search_path = public, pg_temp',
  'SET search_path = nope, public',
  'SET search_path = pg_temp, public',
  'SET search_path FROM CURRENT',
  'SET search_path TO DEFAULT',
  'RESET search_path',
  'RESET ALL',
  "SET SCHEMA 'e'",
];
const ENDINGS = [
  'DISCARD TEMP',
  'DISCARD ALL',
  'DROP TABLE IF EXISTS pg_temp.orders',
  'DROP TABLE IF EXISTS e.orders',
  'DROP VIEW IF EXISTS e.orders',
  'DROP SCHEMA IF EXISTS e CASCADE',
  'ALTER SCHEMA e RENAME TO f',
  'ALTER TABLE IF EXISTS pg_temp.orders RENAME TO o2',
  'ALTER TABLE IF EXISTS e.orders RENAME TO o2',
  'ALTER TABLE IF EXISTS e.orders SET SCHEMA f',
  'CREATE SCHEMA IF NOT EXISTS f',
];
const CONTROL = [
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'SAVEPOINT a',
  'SAVEPOINT b',
  'ROLLBACK TO a',
  'ROLLBACK TO b',
  'RELEASE a',
  'RELEASE b',
  'COMMIT AND CHAIN',
  'ROLLBACK AND CHAIN',
];
const DANGERS = [
  'TRUNCATE orders',
  'TRUNCATE ONLY orders',
  'TRUNCATE customers CASCADE',
  'DELETE FROM orders',
  'DELETE FROM orders WHERE true',
  'DELETE FROM orders WHERE id = id',
  'DELETE FROM orders USING customers',
  'DROP TABLE orders CASCADE',
  'ALTER TABLE orders DROP COLUMN total CASCADE',
  'WITH d AS (DELETE FROM orders RETURNING 1) SELECT * FROM d',
  'CREATE TABLE z AS WITH d AS (DELETE FROM orders RETURNING 1 AS x) SELECT * FROM d',
  'COPY (DELETE FROM orders RETURNING 1) TO STDOUT',
  'MERGE INTO orders USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE',
  'EXPLAIN ANALYZE DELETE FROM orders',
  'PREPARE q AS DELETE FROM orders',
  'EXECUTE q',
];
const CONDITIONS = [
  "current_user = 'nobody'",
  'false',
  '1 = 0',
  "now() < '2000-01-01'",
  'true',
  "to_regclass('public.nope') IS NULL",
  "EXISTS (SELECT FROM pg_tables WHERE tablename = 'nope')",
];

/** Statements that PL/pgSQL takes as they are. */
const IN_A_BODY = /^(CREATE|DROP|ALTER|SET|RESET|TRUNCATE|DELETE|MERGE)/;

/** Writes one migration. */
export class Shadows {
  private readonly random: Random;
  /** Most have one dangerous statement, the last: what comes before decides what it meets. */
  private isDangerousWithin = false;

  constructor(random: Random) {
    this.random = random;
  }

  migration(): string {
    this.isDangerousWithin = this.chance(0.2);
    const parts = this.chance(0.5) ? ['CREATE SCHEMA e'] : [];
    if (this.chance(0.6)) parts.push(this.of(SHADOWS));
    for (let left = 1 + this.below(5); left > 0; left -= 1) {
      const kind = this.random();
      if (kind < 0.5) parts.push(this.statement());
      else if (kind < 0.75) parts.push(this.of(CONTROL));
      else parts.push(`DO $$ DECLARE i int; BEGIN ${this.body(0)} END $$`);
    }
    parts.push(this.of(DANGERS));
    if (this.chance(0.2)) parts.push('COMMIT');
    return `${parts.join('; ')};`;
  }

  private statement(): string {
    const kind = this.random();
    return this.of(
      kind < 0.3 ? SHADOWS : kind < 0.5 ? PATHS : kind < 0.8 || !this.isDangerousWithin ? ENDINGS : DANGERS,
    );
  }

  private body(depth: number): string {
    const parts: string[] = [];
    for (let left = 1 + this.below(3); left > 0; left -= 1)
      parts.push(depth > 2 || this.chance(0.45) ? this.plain() : this.nested(depth + 1));
    return parts.join(' ');
  }

  private plain(): string {
    const sql = this.statement();
    return IN_A_BODY.test(sql) ? `${sql};` : `EXECUTE $q$${sql}$q$;`;
  }

  private nested(depth: number): string {
    const body = this.body(depth);
    const test = this.of(CONDITIONS);
    return this.of([
      () => `IF ${test} THEN ${body} END IF;`,
      () => `IF ${test} THEN ${body} ELSE ${this.body(depth)} END IF;`,
      () =>
        `BEGIN ${body} PERFORM 1/0; EXCEPTION WHEN OTHERS THEN ${this.chance(0.5) ? 'NULL;' : this.body(depth)} END;`,
      () => `BEGIN ${body} RETURN; EXCEPTION WHEN OTHERS THEN NULL; END;`,
      () => `<<l${depth}>> BEGIN EXIT l${depth}${this.of(['', ' WHEN true', ` WHEN ${test}`])}; ${body} END;`,
      () => `FOR i IN 1..${this.below(3)} LOOP ${body} ${this.of(['EXIT;', 'CONTINUE;', ''])} END LOOP;`,
      () => `WHILE ${test} LOOP ${body} EXIT; END LOOP;`,
      () => `CASE WHEN ${test} THEN ${body} ELSE NULL; END CASE;`,
      () => this.of(['COMMIT;', 'ROLLBACK;', 'RETURN;']),
    ])();
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }

  private chance(of: number): boolean {
    return this.random() < of;
  }

  private of<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('there is nothing to choose from');
    return found;
  }
}
