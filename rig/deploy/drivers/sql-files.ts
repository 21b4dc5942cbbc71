import { createHash } from 'node:crypto';
import { each, type Driver } from '../driver.ts';
import { millis, sqlOf, stamp, type Step } from '../steps.ts';

const padded = ({ number }: Step, length: number): string => String(number).padStart(length, '0');

const prisma: Driver = {
  id: 'prisma',
  version: 'prisma',
  files: steps => ({
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/schema.prisma':
      'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\ngenerator client {\n  provider = "prisma-client-js"\n  engineType = "client"\n}\nmodel ran {\n  name String @id\n}\n',
    'prisma.config.ts':
      "import { defineConfig } from 'prisma/config';\nimport { PrismaPg } from '@prisma/adapter-pg';\nexport default defineConfig({ experimental: { adapter: true }, engine: 'js', schema: 'prisma/schema.prisma', adapter: async () => new PrismaPg({ connectionString: process.env.DATABASE_URL }) } as any);\n",
    ...each(steps, step => `prisma/migrations/${stamp(step)}_${step.name}/migration.sql`),
  }),
  command: ['node', '{modules}/prisma/build/index.js', 'migrate', 'deploy'],
};

const drizzle: Driver = {
  id: 'drizzle',
  version: 'drizzle-orm',
  files: steps => ({
    'drizzle/meta/_journal.json': `${JSON.stringify({
      version: '7',
      dialect: 'postgresql',
      entries: steps.map((step, idx) => ({
        idx,
        version: '7',
        when: millis(step),
        tag: `000${step.number}_${step.name}`,
        breakpoints: true,
      })),
    })}\n`,
    ...each(steps, step => `drizzle/000${step.number}_${step.name}.sql`),
  }),
  setup: () => ({
    'run.mjs':
      "import { drizzle } from 'drizzle-orm/node-postgres';\nimport { migrate } from 'drizzle-orm/node-postgres/migrator';\nimport pg from 'pg';\nconst client = new pg.Client(process.env.DATABASE_URL);\nawait client.connect();\nawait migrate(drizzle(client), { migrationsFolder: './drizzle' }).finally(() => client.end());\n",
  }),
  command: ['node', 'run.mjs'],
};

const nodePgMigrate: Driver = {
  id: 'node-pg-migrate',
  version: 'node-pg-migrate',
  files: steps => ({
    'package.json': '{ "dependencies": { "node-pg-migrate": "*" } }\n',
    ...each(
      steps,
      step => `migrations/${millis(step)}_${step.name}.sql`,
      step => `-- Up Migration\n${sqlOf(step)}`,
    ),
  }),
  command: ['node', '{modules}/.bin/node-pg-migrate', 'up'],
};

/** The header of a file says what its text was when it was committed: an edit does not change it. */
const graphile: Driver = {
  id: 'graphile-migrate',
  version: 'graphile-migrate',
  files: steps => {
    let previous = '';
    const found: Record<string, string> = {};
    for (const [at, step] of steps.entries()) {
      const body = sqlOf({ ...step, edited: false }).trim();
      const hash = `sha1:${createHash('sha1')
        .update(`${`${previous}\n${body}`.trim()}\n`)
        .digest('hex')}`;
      found[`migrations/committed/${String(at + 1).padStart(6, '0')}-${step.name}.sql`] =
        `--! Previous: ${previous === '' ? '-' : previous}\n--! Hash: ${hash}\n--! Message: ${step.name}\n\n${sqlOf(step)}`;
      previous = hash;
    }
    return found;
  },
  setup: () => ({ '.gmrc': '{}\n', 'migrations/current.sql': '-- Empty.\n' }),
  command: ['node', '{modules}/.bin/graphile-migrate', 'migrate'],
};

const postgrator: Driver = {
  id: 'postgrator',
  version: 'postgrator',
  files: steps => each(steps, step => `migrations/${padded(step, 3)}.do.${step.name}.sql`),
  setup: () => ({
    'run.mjs':
      "import Postgrator from 'postgrator';\nimport pg from 'pg';\nconst client = new pg.Client(process.env.DATABASE_URL);\nawait client.connect();\nconst tool = new Postgrator({ migrationPattern: './migrations/*.sql', driver: 'pg', database: process.env.PGDATABASE, schemaTable: 'schemaversion', execQuery: query => client.query(query) });\nawait tool.migrate().finally(() => client.end());\n",
  }),
  command: ['node', 'run.mjs'],
};

const dbmate: Driver = {
  id: 'dbmate',
  version: 'dbmate',
  files: steps =>
    each(
      steps,
      step => `db/migrations/${stamp(step)}_${step.name}.sql`,
      step => `-- migrate:up\n${sqlOf(step)}\n-- migrate:down\n`,
    ),
  env: ({ url }) => ({ DATABASE_URL: `${url}?sslmode=disable` }),
  command: ['node', '{modules}/.bin/dbmate', '--no-dump-schema', 'up'],
};

const postgresMigrations: Driver = {
  id: 'postgres-migrations',
  version: 'postgres-migrations',
  files: steps => ({
    'package.json': '{ "dependencies": { "postgres-migrations": "*" } }\n',
    ...each(steps, step => `migrations/${padded(step, 3)}_${step.name}.sql`),
  }),
  setup: () => ({
    'run.cjs':
      "const { migrate } = require('postgres-migrations');\nconst { PGDATABASE: database, PGUSER: user, PGPASSWORD: password, PGHOST: host, PGPORT: port } = process.env;\nmigrate({ database, user, password, host, port: Number(port) }, 'migrations').catch(error => { console.error(error.message); process.exit(1); });\n",
  }),
  command: ['node', 'run.cjs'],
};

const liquibase: Driver = {
  id: 'liquibase',
  version: 'liquibase',
  files: steps => ({
    'db/changelog.sql': `--liquibase formatted sql\n${steps
      .map(step => `--changeset dev:${step.number}-${step.name}\n${sqlOf(step)}`)
      .join('')}`,
  }),
  command: ['{modules}/liquibase/dist/liquibase/liquibase', 'update'],
  env: ({ host, port, database, user, password }) => ({
    LIQUIBASE_COMMAND_URL: `jdbc:postgresql://${host}:${port}/${database}`,
    LIQUIBASE_COMMAND_USERNAME: user,
    LIQUIBASE_COMMAND_PASSWORD: password,
    LIQUIBASE_COMMAND_CHANGELOG_FILE: 'db/changelog.sql',
    LIQUIBASE_SHOW_BANNER: 'false',
  }),
};

const sqitch: Driver = {
  id: 'sqitch',
  version: ['sqitch', '--version'],
  files: steps => ({
    'sqitch.plan': `%syntax-version=1.0.0\n%project=app\n\n${steps
      .map(({ name }) => `${name} 2025-01-01T00:00:00Z dev <dev@example.com> # ${name}\n`)
      .join('')}`,
    'sqitch.conf': '[core]\n\tengine = pg\n',
    ...each(steps, ({ name }) => `deploy/${name}.sql`),
    ...each(
      steps,
      ({ name }) => `revert/${name}.sql`,
      () => 'select 1;\n',
    ),
  }),
  command: ['sqitch', 'deploy', '--no-verify', 'db:{url}'],
  env: () => ({ SQITCH_FULLNAME: 'dev', SQITCH_EMAIL: 'dev@example.com' }),
};

/** A runner of one's own, as a team would write it: a number, a name, and the SHA-256 of the file. */
const own: Driver = {
  id: 'plain-sql',
  version: [],
  files: steps => ({
    '.migration-gate.yml':
      'history-table:\n  table: migration_versions\n  version: version\n  name: name\n  checksum: checksum\n  at: executed_at\n',
    ...each(steps, step => `database/migrations/${padded(step, 3)}_${step.name}.sql`),
  }),
  setup: () => ({
    'run.mjs':
      "import pg from 'pg';\nimport { createHash } from 'node:crypto';\nimport { readdirSync, readFileSync } from 'node:fs';\nconst folder = 'database/migrations';\nconst client = new pg.Client(process.env.DATABASE_URL);\nawait client.connect();\ntry {\n  await client.query('create table if not exists migration_versions (version int primary key, name varchar(255) not null, executed_at timestamptz default now(), execution_time_ms int, checksum varchar(64))');\n  const { rows } = await client.query('select version from migration_versions');\n  const done = new Set(rows.map(({ version }) => version));\n  for (const file of readdirSync(folder).sort()) {\n    const version = Number.parseInt(file, 10);\n    if (done.has(version)) continue;\n    const sql = readFileSync(`${folder}/${file}`, 'utf8');\n    const checksum = createHash('sha256').update(sql).digest('hex');\n    await client.query('begin');\n    await client.query(sql);\n    await client.query('insert into migration_versions values ($1, $2, now(), 1, $3)', [version, file.replace(/^\\d+_|\\.sql$/g, ''), checksum]);\n    await client.query('commit');\n  }\n} finally {\n  await client.end();\n}\n",
  }),
  command: ['node', 'run.mjs'],
};

export const sqlDrivers = {
  prisma,
  drizzle,
  'node-pg-migrate': nodePgMigrate,
  'graphile-migrate': graphile,
  postgrator,
  dbmate,
  'postgres-migrations': postgresMigrations,
  liquibase,
  sqitch,
  own,
} as const satisfies Readonly<Record<string, Driver>>;
