import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A shop that grows: a table, then columns, types and rows of it. */
const migration = n =>
  n % 5 === 0
    ? `CREATE TABLE "orders_${n}" ("id" bigserial PRIMARY KEY, "customer_id" bigint NOT NULL, "status" text NOT NULL DEFAULT 'open', "note" varchar(80));\nCREATE INDEX "orders_${n}_customer_id_idx" ON "orders_${n}" ("customer_id");\n`
    : `ALTER TABLE "orders_${n - (n % 5)}" ADD COLUMN "c${n}" integer;\nALTER TABLE "orders_${n - (n % 5)}" ALTER COLUMN "note" SET DATA TYPE varchar(${80 + (n % 5)});\nUPDATE "orders_${n - (n % 5)}" SET "c${n}" = 0 WHERE "id" < 100;\n`;

/** A repository with so many Prisma migrations in a temporary folder; the last three are the change. */
export function shop(files) {
  const root = mkdtempSync(join(tmpdir(), 'migration-gate-bench-'));
  const paths = [];
  for (let n = 0; n < files; n += 1) {
    const path = `prisma/migrations/${String(20200101000000 + n)}_m/migration.sql`;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), migration(n));
    paths.push(path);
  }
  writeFileSync(join(root, 'prisma/migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  return { root, changed: paths.slice(-3) };
}
