import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OptionName } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';

export type Files = Readonly<Record<string, string>>;
export interface Outcome {
  readonly code: number | null;
  readonly report: Report | null;
  readonly comments: number;
  readonly root: string;
}
export interface Case {
  /** As a flag and an input say it; lines are items. */
  readonly value: string;
  readonly seen: (outcome: Outcome) => unknown;
  /** What is seen with the option, and what without it. */
  readonly expected: readonly [unknown, unknown];
  readonly files?: Files;
  /** Of the base branch. */
  readonly base?: Files;
  readonly also?: Readonly<Record<string, string>>;
}

export const HISTORY: Files = {
  'migrations/1_users.up.sql': 'create table users (id bigint primary key, email text);\n',
  'structure.sql': 'create table public.users (id bigint primary key, email text);\n',
};
export const CHANGE: Files = { 'migrations/2_email.up.sql': 'create index users_email on users (email);\n' };
/** A command that says that it ran. */
export const touching = "require('node:fs').writeFileSync('ran.txt', process.env.DATABASE_URL ?? '');\n";

export const rules = ({ report }: Outcome): string[] => (report?.findings ?? []).map(finding => finding.rule);
const has =
  (id: string) =>
  (outcome: Outcome): boolean =>
    rules(outcome).includes(id);
export const migrations = ({ report }: Outcome): Report['migrations'] => report?.migrations ?? [];
const code = (outcome: Outcome): number | null => outcome.code;
const ran = ({ root }: Outcome): boolean => existsSync(join(root, 'ran.txt'));

/** What is judged without a database: seconds for all of them. */
export const CHECKED = {
  'github-token': { value: 'ghs_secret', seen: ({ comments }) => comments, expected: [1, 0] },
  comment: { value: 'never', seen: ({ comments }) => comments, expected: [0, 1] },
  paths: {
    value: 'other/**',
    files: { 'other/migrations/1_a.up.sql': 'create table a (id bigint primary key);\n' },
    seen: outcome => migrations(outcome).map(({ file }) => file),
    expected: [['other/migrations/1_a.up.sql'], ['migrations/2_email.up.sql', 'other/migrations/1_a.up.sql']],
  },
  ignore: {
    value: 'other/**',
    files: { 'other/migrations/1_a.up.sql': 'create table a (id bigint primary key);\n' },
    seen: outcome => migrations(outcome).map(({ file }) => file),
    expected: [['migrations/2_email.up.sql'], ['migrations/2_email.up.sql', 'other/migrations/1_a.up.sql']],
  },
  framework: {
    value: 'plain-sql',
    seen: outcome => [...new Set(migrations(outcome).map(({ framework }) => framework))],
    expected: [['plain-sql'], ['golang-migrate']],
  },
  'postgres-version': { value: '17', seen: ({ report }) => report?.pg, expected: [17, 15] },
  'fail-on': { value: 'never', seen: code, expected: [0, 1] },
  'on-parse-error': { value: 'warn', files: { 'migrations/2_email.up.sql': 'slect 1;' }, seen: code, expected: [0, 1] },
  config: { value: 'gate.yml', base: { 'gate.yml': 'fail-on: never\n' }, seen: code, expected: [0, 1] },
  'schema-dump': {
    value: 'structure.sql',
    seen: has('schema-drift'),
    expected: [true, false],
  },
  'require-rollback': { value: 'true', seen: has('missing-rollback'), expected: [true, false] },
  'lock-timeout-set-by-tool': {
    value: 'true',
    files: {
      'migrations/2_email.up.sql': 'alter table users add column age int; alter table orders add column age int;',
    },
    seen: has('lock-without-timeout'),
    expected: [false, true],
  },
  'sql-command': {
    value: 'node print.cjs {file}',
    files: {
      'print.cjs': "console.log('create index users_email on users (email);');\n",
      'migrations/2_email.up.sql': 'select 1;',
      'knex/migrations/20240101000000_a.js': "exports.up = knex => knex.schema.dropTable('users');\n",
    },
    seen: has('blocking-index-build'),
    expected: [true, false],
  },
  'schema-command': {
    value: 'node print.cjs',
    files: { 'print.cjs': "console.log('create table users (id bigint primary key);');\n" },
    seen: has('schema-drift'),
    expected: [true, false],
  },
} as const satisfies Partial<Record<OptionName, Case>>;

export const LOCAL = { database: 'local', 'generate-rows': '9' };
/** What needs a server: a second or two each. */
export const MEASURED = {
  database: {
    value: 'local',
    seen: outcome => migrations(outcome).every(one => one.statements.every(({ traced }) => traced !== null)),
    expected: [true, false],
  },
  'also-test-versions': {
    value: '15',
    also: { ...LOCAL, 'postgres-version': '17' },
    files: { 'migrations/2_email.up.sql': 'create table b as select any_value(1) as one;' },
    seen: has('failing-migration'),
    expected: [true, false],
  },
  'generate-rows': {
    value: '7',
    also: { database: 'local' },
    seen: outcome => migrations(outcome)[0]?.rehearsal?.tables[0]?.rows,
    expected: [7, 1000],
  },
  seed: {
    value: 'seed.sql',
    also: LOCAL,
    files: { 'seed.sql': "insert into users values (1, 'a');\n" },
    seen: outcome => migrations(outcome)[0]?.rehearsal?.rowsFrom,
    expected: ['seed', 'generator'],
  },
  'seed-command': {
    value: 'node seed.cjs',
    also: LOCAL,
    files: { 'seed.cjs': touching },
    seen: ran,
    expected: [true, false],
  },
  'apply-command': {
    value: 'node apply.cjs',
    also: LOCAL,
    files: { 'apply.cjs': touching },
    seen: outcome => [ran(outcome), rules(outcome).includes('apply-command-differs')],
    expected: [
      [true, true],
      [false, false],
    ],
  },
  'row-counts': {
    value: 'users: 1000000',
    also: LOCAL,
    seen: outcome =>
      migrations(outcome)[0]?.statements.some(({ rehearsed }) => (rehearsed?.forecasts ?? []).length > 0),
    expected: [true, false],
  },
  'concurrent-load': {
    value: 'false',
    also: LOCAL,
    seen: outcome => migrations(outcome)[0]?.rehearsal?.inUse,
    expected: [false, true],
  },
  'integrity-checks': {
    value: 'must not change: select count(*) from pg_indexes',
    also: LOCAL,
    seen: has('integrity-check'),
    expected: [true, false],
  },
  'base-cache': {
    value: 'cache',
    also: LOCAL,
    seen: ({ root }) => existsSync(join(root, 'cache')) && readdirSync(join(root, 'cache')).length > 0,
    expected: [true, false],
  },
} as const satisfies Partial<Record<OptionName, Case>>;
