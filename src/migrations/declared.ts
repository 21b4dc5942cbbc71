import type { Repo } from '../model/framework.ts';
import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import type { History } from '../model/source.ts';

/** What a configuration file may say of the database: by its name, and the words that stand in it. */
interface Place {
  /** Tools that are configured there; none for any. */
  readonly tools: readonly string[];
  readonly file: RegExp;
  readonly pattern: RegExp;
}

const PLACES: readonly Place[] = [
  {
    tools: ['flyway'],
    file: /^(flyway[\w.-]*\.(conf|toml)|application[\w.-]*\.(properties|ya?ml))$/,
    pattern: /\bjdbc:(?:\w+:)*?(\w+):/g,
  },
  {
    tools: ['liquibase'],
    file: /^(liquibase[\w.-]*\.properties|application[\w.-]*\.(properties|ya?ml))$/,
    pattern: /\bjdbc:(?:tc:)?(\w+):/g,
  },
  {
    tools: ['goose'],
    file: /^\.env([\w.-]*)$|^Makefile$|^(docker-)?compose[\w.-]*\.ya?ml$/,
    pattern: /\bGOOSE_DRIVER\b["']?\s*[:?]?[=:]\s*["']?([\w-]+)/g,
  },
  {
    tools: ['dbmate'],
    file: /^\.env([\w.-]*)$|^Makefile$|^(docker-)?compose[\w.-]*\.ya?ml$/,
    pattern: /\bDATABASE_URL\b["']?\s*[:?]?[=:]\s*["']?([\w]+)(?:\+\w+)?:/g,
  },
  {
    tools: ['knex'],
    file: /^knexfile(\.\w+)?\.[cm]?[jt]s$/,
    pattern: /\b(?:client|dialect)["']?\s*:\s*["'`]([\w-]+)["'`]/g,
  },
  {
    tools: ['sequelize'],
    file: /^(config|database|sequelize[\w.-]*)\.(json|[cm]?[jt]s)$/,
    pattern: /\bdialect["']?\s*:\s*["'`]([\w-]+)["'`]/g,
  },
  {
    tools: ['typeorm'],
    file: /^(ormconfig[\w.-]*|[\w.-]*data-?source[\w.-]*)\.(json|[cm]?[jt]s|ya?ml)$/i,
    pattern: /\btype["']?\s*:\s*["'`]?([\w-]+)["'`]?\s*[,\n}]/g,
  },
];
const SQLC = /^sqlc\.(ya?ml|json)$/;

/** What only Postgres understands: where migrations hold it, no configuration says that they are for another. */
const SIGNS =
  /\b(big|small)?serial\b|\bjsonb\b|\btimestamptz\b|\bcreate\s+extension\b|\bplpgsql\b|\bconcurrently\b|\bgen_random_uuid\b|::\w|\$\$/i;

const OURS = /^(postgres|postgresql|pgsql|pg|pgx|pg-native|aurora-postgres)$/i;
const OTHERS =
  /^(mysql2?|mariadb|aurora-mysql|sqlite3?|better-sqlite3|libsql|turso|mssql|sqlserver|oracle|oracledb|clickhouse|tidb|vertica|spanner|snowflake|bigquery|db2|duckdb|ydb)$/i;

/**
 * The database that the configuration of the project names for a history: that of the nearest folder above it, or in it,
 * where any says so. Postgres wins where several are named: tests are often run on another.
 */
export async function declaredFor({ framework, root, migrations }: History, repo: Repo): Promise<string | null> {
  const places = PLACES.filter(({ tools }) => tools.includes(framework));
  const byFolder = new Map<string, string[]>();
  for (const path of repo.paths) {
    const own = places.filter(({ file }) => file.test(nameOf(path)));
    const isSqlc = SQLC.test(nameOf(path));
    if (own.length === 0 && !isSqlc) continue;
    const home = homeOf(path);
    if (home !== '' && root !== home && !root.startsWith(`${home}/`)) continue;
    // Tests are often run on a database that needs no server.
    if (/test/i.test(nameOf(path))) continue;
    const text = await repo.read(path);
    const words = [
      ...own.flatMap(({ pattern }) => wordsIn(text, pattern)),
      ...(isSqlc ? enginesOf(text, folderOf(path), root) : []),
    ];
    const recognized = words.filter(word => OURS.test(word) || OTHERS.test(word));
    if (recognized.length > 0) byFolder.set(home, [...(byFolder.get(home) ?? []), ...recognized]);
  }
  const [, words = []] = [...byFolder].sort(([a], [b]) => b.length - a.length)[0] ?? [];
  const ours = words.some(word => OURS.test(word));
  if (ours) return 'postgres';
  const [word] = words;
  return word === undefined || migrations.some(({ sql }) => SIGNS.test(sql)) ? null : word;
}

/** A folder of settings belongs to the one that holds it. */
const homeOf = (path: string): string =>
  folderOf(path).replace(/(^|\/)(config|conf|src|src\/main\/resources|src\/(db|database|config)|db|database)$/, '');

/** Comments do not count. */
const wordsIn = (text: string, pattern: RegExp): string[] =>
  text
    .split(/\r?\n/)
    .flatMap(line =>
      /^\s*(#|\/\/|--)/.test(line) ? [] : [...`${line}\n`.matchAll(pattern)].map(([, word = '']) => word),
    );

/** What sqlc generates queries for is written in the dialect of its engine; each entry names its schema. */
function enginesOf(text: string, folder: string, root: string): string[] {
  const entries = text.split(/(?=^\s*-\s)|(?=\{)/m);
  return entries.flatMap((entry): string[] => {
    const engine = /\bengine["']?\s*:\s*["']?(\w+)/.exec(entry)?.[1];
    const schema = /\bschema["']?\s*:\s*\[?\s*["']?(?:\.\/)?([^"'\s,\]]+)/.exec(entry)?.[1]?.replace(/\/$/, '');
    if (engine === undefined || schema === undefined) return [];
    const place = folder === '' ? schema : `${folder}/${schema}`;
    return place === root || root.startsWith(`${place}/`) || place.startsWith(`${root}/`) ? [engine] : [];
  });
}
