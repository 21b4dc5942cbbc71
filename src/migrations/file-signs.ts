import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import { tokens } from '../sql/tokens.ts';

/** SQL, also under the endings that tools and editors give it, and in templates of it. */
const SQL =
  /\.(sql|pgsql|psql|ddl|plpgsql|plsql)(\.(erb|j2|jinja2?|tmpl|tpl|gotmpl|template|mustache|hbs|ejs|postgres(ql)?|pg))?$/i;
/** golang-migrate takes any ending. */
const DIRECTED = /^\d+_.*\.(up|down)\.[^.]+$/;
const PROGRAM = /\.([cm]?[jt]s|py|rb|go|java|kts?|php|exs?|cs|fs|rs|scala|groovy|cljs?|pl|fizz|sh)$/i;
const DATA = /\.(xml|ya?ml|json|edn|toml)$/i;
const TEST_FILE =
  /\.(test|spec|d)\.[cm]?[jt]s$|_test\.(go|py|rb|exs?)$|(^|\/)test_[^/]*\.py$|(Test|Tests|IT|Spec)\.(java|kt|cs|scala|groovy)$/;

/** Folders whose SQL is for reading, for tests or for an application's own use. */
const ASIDE =
  /(^|\/)(tests?|__tests__|specs?|testing|test[-_]?data|[\w-]+[-_]tests?|e2e|fixtures?|__fixtures__|mocks?|__mocks__|golden|snapshots?|examples?|samples?|demos?|docs?|documentation|bench(marks?)?|queries|query|vendor|third[-_]party|node_modules)\//i;
const SEED = /(^|\/)(seeds?|seeders?|seed[-_]data|sample[-_]data)(\/|[._-][^/]*$)|[._-](seeds?|fixtures?)\.\w+$/i;
/** Folders in which SQL is there to be run once. */
const RUN = /(^|\/)[^/]*(migrat|changelog|changeset|evolutions|patch|upgrade|deploy|flyway|liquibase)[^/]*\//i;
const NUMBERED = /^(\d{1,4}[._-]|\d{6,}|[VRUB]\d*[\d._]*__|Version\d{8,}|Migration\d{4,}|m\d{6,}|\d{4}_\d\d_\d\d_)/i;

/** A program with the time of its making in front. */
const DATED = /^\d{12,17}[_-]/;

export const isSqlFile = (path: string): boolean => SQL.test(path);

/** What of a file's path makes it worth reading; null where it cannot be a migration. */
export function mayBe(path: string): 'sql' | 'program' | 'data' | null {
  const name = nameOf(path);
  if (TEST_FILE.test(path) || isAside(path)) return null;
  if (SQL.test(name) || (DIRECTED.test(name) && !PROGRAM.test(name) && !DATA.test(name))) return 'sql';
  const numbered = NUMBERED.test(name);
  if (PROGRAM.test(name))
    return RUN.test(path) || (DATED.test(name) && !isSeed(path)) || (numbered && /(^|\/)versions\//.test(path))
      ? 'program'
      : null;
  return DATA.test(name) && (RUN.test(path) || /change-?log|changeset|liquibase/i.test(path)) ? 'data' : null;
}

const isAside = (path: string): boolean => {
  // A folder of migrations inside such a folder is one of migrations.
  const folder = folderOf(path);
  return ASIDE.test(`${folder}/`) && !/migrat/i.test(folder);
};

/** Marks of migrations of tools that are not read. */
const FOREIGN_TOOLS: readonly (readonly [RegExp, string])[] = [
  [/<databaseChangeLog\b|^\s*[{-]?\s*"?databaseChangeLog"?\s*:/m, 'a Liquibase changelog'],
  [/\bIlluminate\\Database\\Migrations\\Migration\b/, 'a Laravel migration'],
  [/^\s*from\s+yoyo\s+import\b|^\s*import\s+yoyo\b/m, 'a yoyo migration'],
  [/\bPhinx\\Migration\\|\bMigrations\\(AbstractMigration|BaseMigration)\b/, 'a Phinx or Doctrine migration'],
  [/\b(BaseJavaMigration|JavaMigration|BaseKotlinMigration)\b/, 'a Flyway migration in Java or Kotlin'],
  [/\bgoose\.(AddMigration|AddNamedMigration)/, 'a goose migration in Go'],
  [/\bCustom(Sql|Task)Change\b/, 'a Liquibase change in Java'],
  [/\bMigrationBuilder\b|\[Migration\(/, 'a .NET migration'],
  [/\bActiveRecord::Migration\b|\bSequel\.migration\b|\bROM::SQL\.migration\b/, 'a Ruby migration'],
];
/** A program with a way up: exported, a method, or a function of its own. */
const GOES_UP =
  /\bexports?\.(up|migrate)\b|\bexport\s+(default\s+)?(async\s+)?(function|const|let)\s+(up|migrate)\b|\b(async\s+)?(up|upgrade)\s*(=|\(|:\s*(async\b|function\b|\())|\bdef\s+(up|change|upgrade|migrate)\b|\bfunc\s+\w*[uU]p\w*\s*\(|\bfun(ction)?\s+(up|migrate)\b/;

export function programSays(path: string, text: string): string | null {
  const foreignTool = FOREIGN_TOOLS.find(([pattern]) => pattern.test(text));
  if (foreignTool) return foreignTool[1];
  if (DATA.test(path)) return null;
  return NUMBERED.test(nameOf(path)) || GOES_UP.test(text) ? 'a migration written in code' : null;
}

const DEFINES =
  /^(create|alter|drop|truncate|reindex|cluster|vacuum|refresh|grant|revoke|do|reassign|security|import|rename)$/i;
const WRITES = /^(insert|update|delete|merge|copy|call|with|select|lock|set)$/i;

/** Statements by their first words: what defines, and what writes or may write. Comments, strings and bodies do not count. */
export function statementsIn(sql: string): { readonly defines: boolean; readonly writes: boolean } {
  let [defines, writes, first] = [false, false, true];
  for (const token of tokens(sql)) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'semicolon') first = true;
    else if (first || token.kind === 'identifier') {
      const word = sql.slice(token.start, token.end);
      // A template or another tool's marks may stand before a statement on its line.
      const begins = first || isLineStart(sql, token.start);
      if (begins && DEFINES.test(word)) defines = true;
      if (begins && WRITES.test(word)) writes = true;
      first = false;
    }
    if (defines) break;
  }
  return { defines, writes };
}

const isLineStart = (sql: string, at: number): boolean => at === 0 || sql[at - 1] === '\n';

/** Queries of an application, which a generator such as sqlc reads: named, or with parameters. */
export const isQueries = (sql: string): boolean =>
  /^\s*--\s*name:\s*\w+/im.test(sql) || /\$\d|(?<![:\w])[:@][a-z_]\w*|\?(?=[\s,);]|$)/i.test(withoutText(sql));

/** Strings and comments are not looked into. */
function withoutText(sql: string): string {
  let [text, at] = ['', 0];
  for (const token of tokens(sql)) {
    if (token.kind !== 'comment' && token.kind !== 'string') continue;
    text += `${sql.slice(at, token.start)} `;
    at = token.end;
  }
  return text + sql.slice(at);
}

/** A dump of the whole schema, which no one applies to a database that is in use. */
export const isDump = (path: string, sql: string): boolean =>
  /^--\s*(PostgreSQL database dump|Dbmate schema migrations)\b|^INSERT INTO "?(public\.)?"?schema_migrations"?\b/im.test(
    sql,
  ) || /(^|\/)(structure|schema[._-]dump)\.sql$/i.test(path);

export const isSeed = (path: string): boolean => SEED.test(path);
export const isPlacedToRun = (path: string): boolean => RUN.test(path) || NUMBERED.test(nameOf(path));
