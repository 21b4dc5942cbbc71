import type { Core } from './cores.ts';
import type { Picks } from './picks.ts';

/** How the table is reached: by which name, after what, and what puts it back. */
interface Aim {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface AimKind {
  readonly id: string;
  readonly sorts: readonly Core['sort'][];
  /** Only outside of functions. */
  aim(p: Picks): Aim;
}

const BOTH = ['rows', 'table'] as const;
const spelled = (id: string, ...names: string[]): AimKind => ({
  id,
  sorts: BOTH,
  aim: p => ({ name: p.one(names), before: [], after: [] }),
});
const after = (
  id: string,
  sorts: AimKind['sorts'],
  name: string,
  ...ways: (readonly [before: readonly string[], after?: readonly string[]])[]
): AimKind => ({
  id,
  sorts,
  aim: p => {
    const [before, then = []] = p.one(ways);
    return { name, before, after: then };
  },
});

const TEMP = 'CREATE TEMP TABLE orders (id int, note text, total int)';

export const AIMS: readonly AimKind[] = [
  spelled('plain', 'orders'),
  spelled(
    'spelled',
    '"orders"',
    'ORDERS',
    'public.orders',
    '"public" . "orders"',
    'Public.Orders',
    'public\n.\norders',
  ),
  spelled('unicode', 'U&"\\006frders"', 'U&"!006frders" UESCAPE \'!\'', 'public.U&"ord\\+000065rs"', 'u&"orders"'),
  spelled('other-schema', 'store.items', '"store".items', 'store . "items"'),
  after(
    'search-path',
    BOTH,
    'items',
    [['SET search_path = store, public']],
    [['SET LOCAL search_path TO store']],
    [["SELECT set_config('search_path', 'store', false)"]],
    [["SELECT pg_catalog.set_config('search_' || 'path', 'store,public', true)"]],
    [["SET SESSION search_path = 'store'"]],
    [["SET SCHEMA 'store'"]],
    [['DO $s$ BEGIN SET search_path = store; END $s$']],
    [["DO $s$ BEGIN PERFORM set_config('search_path', 'store', false); END $s$"]],
    [["UPDATE pg_settings SET setting = 'store' WHERE name = 'search_path'"]],
    [['SET search_path = elsewhere', 'RESET search_path', 'SET search_path = store']],
  ),
  after(
    'path-past-commit',
    BOTH,
    'orders',
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'BEGIN',
        'SET LOCAL search_path = w',
        'COMMIT',
      ],
    ],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'SET search_path = w',
        'RESET search_path',
      ],
    ],
    [['CREATE SCHEMA w', 'CREATE TABLE w.orders (id int, note text, total int)', 'SET search_path = w', 'RESET ALL']],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'SAVEPOINT a',
        'SET search_path = w',
        'ROLLBACK TO a',
      ],
    ],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'SET search_path = w',
        'DROP SCHEMA w CASCADE',
        'SET search_path = w, public',
      ],
    ],
    [['CREATE SCHEMA w', 'CREATE TABLE w.orders (id int, note text, total int)', 'SET search_path = public, w']],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'SET search_path = w, public',
        'ALTER TABLE w.orders RENAME TO orders2',
      ],
    ],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'SET search_path = w, public',
        'ALTER SCHEMA w RENAME TO w2',
      ],
    ],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        'DO $s$ BEGIN IF false THEN SET search_path = w; END IF; END $s$',
      ],
    ],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        "CREATE FUNCTION fs() RETURNS int LANGUAGE sql SET search_path = w AS 'SELECT 1'",
        'SELECT fs()',
      ],
    ],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.orders (id int, note text, total int)',
        "DO $s$ BEGIN SET search_path = w; RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN NULL; END $s$",
      ],
    ],
  ),
  after(
    'temp-gone',
    BOTH,
    'orders',
    [[TEMP, 'DISCARD TEMP']],
    [[TEMP, 'DROP TABLE pg_temp.orders']],
    [[TEMP, 'DROP TABLE orders']],
    [['BEGIN', `${TEMP} ON COMMIT DROP`, 'COMMIT']],
    [['BEGIN', TEMP, 'ROLLBACK']],
    [[`${TEMP} ON COMMIT DROP`, 'COMMIT', 'BEGIN']],
    [['SAVEPOINT a', TEMP, 'ROLLBACK TO a']],
    [['SAVEPOINT a', 'SAVEPOINT b', TEMP, 'RELEASE b', 'ROLLBACK TO SAVEPOINT a']],
    [[TEMP, 'ALTER TABLE pg_temp.orders RENAME TO o2']],
    [[TEMP, 'ALTER TABLE orders RENAME TO o2']],
    [[TEMP, 'SET search_path = public, pg_temp']],
    [[TEMP, "SELECT set_config('search_path', 'public, pg_temp', false)"]],
    [[TEMP, 'DISCARD ALL']],
    [[TEMP, "DO $t$ BEGIN EXECUTE 'DROP TABLE pg_temp.orders'; END $t$"]],
    [[TEMP, "DO $t$ BEGIN EXECUTE 'DROP TABLE ' || 'pg_temp.orders'; END $t$"]],
    [[`DO $t$ BEGIN ${TEMP}; RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN NULL; END $t$`]],
    [[`DO $t$ BEGIN IF false THEN ${TEMP}; END IF; END $t$`]],
    [[`DO $t$ BEGIN LOOP EXIT; ${TEMP}; END LOOP; END $t$`]],
    [[`DO $t$ BEGIN RETURN; ${TEMP}; END $t$`]],
    [[`DO $t$ BEGIN FOR i IN 1..0 LOOP ${TEMP}; END LOOP; END $t$`]],
    [[`DO $t$ BEGIN IF (SELECT count(*) FROM notes) > 100 THEN ${TEMP}; END IF; END $t$`]],
    [[`DO $t$ BEGIN CASE 1 WHEN 1 THEN NULL; ELSE ${TEMP}; END CASE; END $t$`]],
    [[`CREATE FUNCTION mk() RETURNS int LANGUAGE plpgsql AS $t$ BEGIN ${TEMP}; RETURN 1; END $t$`]],
    [
      [
        TEMP,
        'CREATE FUNCTION dr() RETURNS int LANGUAGE plpgsql AS $t$ BEGIN DROP TABLE pg_temp.orders; RETURN 1; END $t$',
        'SELECT dr()',
      ],
    ],
    [
      [
        'DO $t$ BEGIN BEGIN PERFORM 1/0; CREATE TEMP TABLE orders (id int); EXCEPTION WHEN OTHERS THEN NULL; END; END $t$',
      ],
    ],
    [['CREATE TEMP TABLE IF NOT EXISTS orders (id int, note text)', 'DROP TABLE IF EXISTS orders']],
    [['CREATE TEMP VIEW orders AS SELECT 1 AS id', 'DROP VIEW orders']],
    [['SELECT 1 AS id INTO TEMP orders', 'DISCARD TEMP']],
    [['CREATE TEMP TABLE orders AS SELECT 1 AS id', 'DISCARD TEMPORARY']],
    [[TEMP, 'SET LOCAL search_path = public, pg_temp']],
  ),
  after(
    'temp-past-name',
    BOTH,
    'public.orders',
    [[TEMP]],
    [['CREATE TEMP TABLE x (id int)', 'CREATE TEMP VIEW orders AS SELECT 1']],
  ),
  after(
    'renamed',
    BOTH,
    'swap',
    [['ALTER TABLE orders RENAME TO swap'], ['ALTER TABLE swap RENAME TO orders']],
    [['ALTER TABLE orders RENAME TO swap'], ['CREATE TABLE orders (LIKE swap)']],
    [['CREATE TABLE swap (id int)', 'ALTER TABLE swap RENAME TO away', 'ALTER TABLE orders RENAME TO swap']],
    [['CREATE TABLE swap (id int)', 'DROP TABLE swap', 'ALTER TABLE orders RENAME TO swap']],
  ),
  after('long-name', BOTH, 'x'.repeat(70), [
    [`ALTER TABLE orders RENAME TO ${'x'.repeat(66)}`],
    [`ALTER TABLE ${'x'.repeat(63)} RENAME TO orders`],
  ]),
  after('long-letters', BOTH, 'é'.repeat(40), [
    [`ALTER TABLE orders RENAME TO ${'é'.repeat(36)}`],
    [`ALTER TABLE ${'é'.repeat(31)} RENAME TO orders`],
  ]),
  after('letters', BOTH, 'ÄRGER', [['ALTER TABLE orders RENAME TO "Ärger"'], ['ALTER TABLE "Ärger" RENAME TO orders']]),
  after(
    'role-schema',
    BOTH,
    'items',
    [['CREATE ROLE store SUPERUSER', 'CREATE TABLE public.items (id int, note text, total int)', 'SET ROLE store']],
    [
      [
        'CREATE ROLE store SUPERUSER',
        'CREATE TABLE public.items (id int, note text, total int)',
        'SET SESSION AUTHORIZATION store',
      ],
    ],
    [
      [
        'CREATE TABLE public.items (id int, note text, total int)',
        'CREATE FUNCTION away() RETURNS int LANGUAGE plpgsql AS $s$ BEGIN SET search_path = store; RETURN 1; END $s$',
        'SELECT away()',
      ],
    ],
    [
      [
        'CREATE TABLE public.items (id int, note text, total int)',
        'ALTER ROLE CURRENT_USER SET search_path = store, public',
        'SET search_path TO DEFAULT',
        'SET search_path = store, public',
      ],
    ],
  ),
  after('swapped', ['table'], 'swap', [
    [
      'CREATE TABLE fresh_orders (LIKE orders INCLUDING ALL)',
      'ALTER TABLE orders RENAME TO swap',
      'ALTER TABLE fresh_orders RENAME TO orders',
    ],
  ]),
  after(
    'schema-renamed',
    BOTH,
    'w.items',
    [['ALTER SCHEMA store RENAME TO w'], ['ALTER SCHEMA w RENAME TO store']],
    [['CREATE SCHEMA w', 'ALTER TABLE store.items SET SCHEMA w'], ['ALTER TABLE w.items SET SCHEMA store']],
    [
      [
        'CREATE SCHEMA w',
        'CREATE TABLE w.items (id int)',
        'ALTER SCHEMA w RENAME TO w2',
        'ALTER SCHEMA store RENAME TO w',
      ],
      ['ALTER SCHEMA w RENAME TO store'],
    ],
  ),
  after('new-schema-over', BOTH, 'orders', [
    [
      'ALTER SCHEMA public RENAME TO old_public',
      'CREATE SCHEMA public',
      'CREATE TABLE public.orders (id int, note text)',
      'DROP SCHEMA public CASCADE',
      'ALTER SCHEMA old_public RENAME TO public',
    ],
  ]),
  after(
    'view',
    ['rows'],
    'orders_v',
    [['CREATE VIEW orders_v AS SELECT * FROM orders']],
    [['CREATE TEMP VIEW orders_v AS SELECT id, note FROM orders']],
    [['CREATE VIEW orders_w AS SELECT id, note FROM orders', 'CREATE VIEW orders_v AS SELECT * FROM orders_w']],
    [
      [
        'CREATE VIEW orders_v AS SELECT 1 AS id, NULL AS note',
        'CREATE OR REPLACE RULE r AS ON DELETE TO orders_v DO INSTEAD DELETE FROM orders',
        'CREATE RULE r2 AS ON UPDATE TO orders_v DO INSTEAD UPDATE orders SET note = NULL',
      ],
    ],
  ),
  after(
    'parent',
    BOTH,
    'whole',
    [['CREATE TABLE whole (id int, note text)', 'ALTER TABLE orders INHERIT whole']],
    [
      [
        'CREATE TABLE whole (id int NOT NULL, customer_id int, note text, total int NOT NULL) PARTITION BY RANGE (id)',
        'ALTER TABLE whole ATTACH PARTITION orders DEFAULT',
      ],
    ],
    [
      [
        'CREATE TABLE whole (LIKE orders) PARTITION BY LIST (id)',
        'ALTER TABLE whole ATTACH PARTITION orders FOR VALUES IN (1, 2, 3)',
      ],
    ],
  ),
];
