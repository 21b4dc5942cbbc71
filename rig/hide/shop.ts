/** One migration each; IF NOT EXISTS where a squashed or renamed history may run again. */
export const BASE: readonly string[][] = [
  [
    'CREATE TABLE IF NOT EXISTS customers (id int PRIMARY KEY, name text NOT NULL)',
    'CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, customer_id int REFERENCES customers (id) ON DELETE CASCADE, note text, total int NOT NULL)',
    'CREATE TABLE IF NOT EXISTS notes (id int, body text)',
    'CREATE TABLE IF NOT EXISTS settings (id int PRIMARY KEY, value text)',
    'CREATE SCHEMA IF NOT EXISTS store',
    'CREATE TABLE IF NOT EXISTS store.items (id int PRIMARY KEY, note text, total int NOT NULL)',
  ],
  [
    "INSERT INTO customers SELECT g, 'c' || g FROM generate_series(1, 3) g ON CONFLICT DO NOTHING",
    "INSERT INTO orders SELECT g, g, 'n' || g, g FROM generate_series(1, 3) g ON CONFLICT DO NOTHING",
    "INSERT INTO store.items SELECT g, 'n' || g, g FROM generate_series(1, 3) g ON CONFLICT DO NOTHING",
    "INSERT INTO settings SELECT g, 'v' || g FROM generate_series(1, 3) g ON CONFLICT DO NOTHING",
    "INSERT INTO notes SELECT g, 'b' || g FROM generate_series(1, 3) g",
  ],
];
