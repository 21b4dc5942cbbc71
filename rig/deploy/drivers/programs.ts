import { each, type Driver } from '../driver.ts';
import { millis, sqlOf, stamp, type Step } from '../steps.ts';

/** A statement of code for each line of a step. */
const eachLine = (step: Step, text: (line: string) => string): string =>
  sqlOf(step).trim().split('\n').map(text).join('');

/** The SQL of a step as text of JavaScript. */
const quoted = (step: Step): string => JSON.stringify(sqlOf(step));

const knex: Driver = {
  id: 'knex',
  version: 'knex',
  files: steps => ({
    ...each(
      steps,
      step => `migrations/${stamp(step)}_${step.name}.js`,
      step => `exports.up = knex => knex.raw(${quoted(step)});\nexports.down = () => Promise.resolve();\n`,
    ),
    'knexfile.js':
      "module.exports = { client: 'pg', connection: process.env.DATABASE_URL, migrations: { directory: './migrations' } };\n",
  }),
  command: ['node', '{modules}/.bin/knex', 'migrate:latest'],
};

const typeorm: Driver = {
  id: 'typeorm',
  version: 'typeorm',
  files: steps =>
    each(
      steps,
      step => `migrations/${millis(step)}-${step.name}.js`,
      step =>
        `/** @implements {MigrationInterface} */\nmodule.exports = class ${step.name}${millis(step)} {\n  async up(queryRunner) {\n    await queryRunner.query(${quoted(step)});\n  }\n  async down() {}\n};\n`,
    ),
  setup: () => ({
    'run.cjs':
      "require('reflect-metadata');\nconst { DataSource } = require('typeorm');\nconst source = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, migrations: ['./migrations/*.js'] });\nsource.initialize().then(() => source.runMigrations()).then(() => source.destroy()).catch(error => { console.error(error.message); process.exit(1); });\n",
  }),
  command: ['node', 'run.cjs'],
};

const sequelize: Driver = {
  id: 'sequelize',
  version: 'sequelize-cli',
  files: steps => ({
    ...each(
      steps,
      step => `migrations/${stamp(step)}-${step.name}.js`,
      step =>
        `module.exports = {\n  up: async queryInterface => {\n${eachLine(step, line => `    await queryInterface.sequelize.query(${JSON.stringify(line)});\n`)}  },\n  down: () => Promise.resolve(),\n};\n`,
    ),
  }),
  setup: ({ url }) => ({
    'config/config.json': JSON.stringify({ development: { url, dialect: 'postgres' } }),
  }),
  command: ['node', '{modules}/.bin/sequelize-cli', 'db:migrate'],
};

const dbMigrate: Driver = {
  id: 'db-migrate',
  version: 'db-migrate',
  files: steps =>
    each(
      steps,
      step => `migrations/${stamp(step)}-${step.name}.js`,
      step =>
        `exports.setup = () => {};\nexports.up = db => db.runSql(${quoted(step)});\nexports.down = () => Promise.resolve();\nexports._meta = { version: 1 };\n`,
    ),
  setup: ({ url }) => ({ 'database.json': JSON.stringify({ dev: url }) }),
  command: ['node', '{modules}/.bin/db-migrate', 'up'],
};

const kysely: Driver = {
  id: 'kysely',
  version: 'kysely',
  files: steps =>
    each(
      steps,
      step => `migrations/${stamp(step)}_${step.name}.mjs`,
      step =>
        `import { sql } from 'kysely';\n/** @param {import('kysely').Kysely<any>} db */\nexport const up = async db => {\n${eachLine(step, line => `  await sql.raw(${JSON.stringify(line)}).execute(db);\n`)}};\n`,
    ),
  setup: () => ({
    'run.mjs':
      "import { Kysely, PostgresDialect } from 'kysely';\nimport { FileMigrationProvider, Migrator } from 'kysely/migration';\nimport pg from 'pg';\nimport { promises as fs } from 'node:fs';\nimport path from 'node:path';\nconst db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) }) });\nconst provider = new FileMigrationProvider({ fs, path, migrationFolder: path.resolve('migrations') });\nconst { error } = await new Migrator({ db, provider }).migrateToLatest();\nawait db.destroy();\nif (error) {\n  console.error(error.message);\n  process.exit(1);\n}\n",
  }),
  command: ['node', 'run.mjs'],
};

const mikroOrm: Driver = {
  id: 'mikro-orm',
  version: '@mikro-orm/migrations',
  files: steps =>
    each(
      steps,
      step => `migrations/Migration${stamp(step)}_${step.name}.mjs`,
      step =>
        `import { Migration } from '@mikro-orm/migrations';\nexport class Migration${stamp(step)}_${step.name} extends Migration {\n  async up() {\n${eachLine(step, line => `    this.addSql(${JSON.stringify(line)});\n`)}  }\n}\n`,
    ),
  setup: () => ({
    'run.mjs':
      "import { MikroORM } from '@mikro-orm/postgresql';\nimport { Migrator } from '@mikro-orm/migrations';\nconst orm = await MikroORM.init({ clientUrl: process.env.DATABASE_URL, entities: [], discovery: { warnWhenNoEntities: false }, extensions: [Migrator], migrations: { path: './migrations', glob: '!(*.d).mjs', snapshot: false } });\nconst migrator = orm.migrator ?? orm.getMigrator();\ntry {\n  await migrator.up();\n} catch (error) {\n  console.error(error.message);\n  process.exitCode = 1;\n}\nawait orm.close();\n",
  }),
  command: ['node', 'run.mjs'],
};

const idOf = ({ number }: Step): string => `r${number}`;

const previous = (steps: readonly Step[], at: number): Step | undefined => {
  const { after } = steps[at] ?? {};
  return after === undefined ? steps[at - 1] : steps.find(({ name }) => name === after);
};

const alembic: Driver = {
  id: 'alembic',
  version: ['{python}', '-c', 'import alembic; print(alembic.__version__)'],
  files: steps =>
    Object.fromEntries(
      steps.map((step, at) => {
        const before = previous(steps, at);
        return [
          `alembic/versions/${idOf(step)}_${step.name}.py`,
          `from alembic import op\n\nrevision = '${idOf(step)}'\ndown_revision = ${before ? `'${idOf(before)}'` : 'None'}\n\n\ndef upgrade():\n    op.execute("""${sqlOf(step)}""")\n\n\ndef downgrade():\n    pass\n`,
        ];
      }),
    ),
  setup: ({ url }) => ({
    'alembic.ini': `[alembic]\nscript_location = alembic\nsqlalchemy.url = ${url.replace('postgres:', 'postgresql+psycopg2:')}\n`,
    'alembic/env.py':
      'from alembic import context\nfrom sqlalchemy import create_engine\n\nengine = create_engine(context.config.get_main_option("sqlalchemy.url"))\nwith engine.connect() as connection:\n    context.configure(connection=connection, target_metadata=None)\n    with context.begin_transaction():\n        context.run_migrations()\n',
  }),
  command: ['{python}', '-m', 'alembic', 'upgrade', 'head'],
};

const djangoName = ({ number, name }: Step): string => `000${number}_${name}`;

const django: Driver = {
  id: 'django',
  version: ['{python}', '-c', 'import django; print(django.__version__)'],
  files: steps =>
    Object.fromEntries(
      steps.map((step, at) => {
        const before = previous(steps, at);
        return [
          `shop/migrations/${djangoName(step)}.py`,
          `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${before ? `('shop', '${djangoName(before)}')` : ''}]\n    operations = [migrations.RunSQL("""${sqlOf(step)}""")]\n`,
        ];
      }),
    ),
  setup: ({ database, user, password, host, port }) => ({
    'shop/__init__.py': '',
    'shop/migrations/__init__.py': '',
    'settings.py': `SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': '${database}', 'USER': '${user}', 'PASSWORD': '${password}', 'HOST': '${host}', 'PORT': '${port}'}}\nUSE_TZ = True\n`,
  }),
  command: ['{python}', '-m', 'django', 'migrate', '--no-input', '--settings', 'settings', '--pythonpath', '.'],
};

export const programDrivers = {
  knex,
  typeorm,
  sequelize,
  'db-migrate': dbMigrate,
  kysely,
  'mikro-orm': mikroOrm,
  alembic,
  django,
} as const satisfies Readonly<Record<string, Driver>>;
