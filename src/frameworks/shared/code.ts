import type { Framework, Repo } from '../../model/framework.ts';
import type { Delivery, History, Migration } from '../../model/source.ts';
import type { Dialect } from '../../programs/dialect.ts';
import { blank } from './blank.ts';
import { folderOf, nameOf } from './files.ts';
import { groupBy } from '../../model/group-by.ts';
import { importedCode } from './imported-code.ts';
import { linked } from './linked.ts';
import { natural } from './order.ts';

/** A tool whose migrations are programs: what is known of it without running them. */
export interface CodeTool {
  readonly id: string;
  readonly title: string;
  /** The file, by its whole path. */
  readonly file: RegExp;
  /** Text that every migration of this tool holds, and no other program. */
  readonly pattern: RegExp;
  /** Files and packages of a project by which its programs are this tool's, though they do not say so. */
  readonly project?: { readonly files?: RegExp; readonly packages: readonly string[] };
  readonly transaction: Delivery;
  /** Text by which a migration leaves the transaction, where no dialect says it better. */
  readonly outside?: RegExp;
  readonly instruction: string;
  /** Where a program names itself and those it follows, which then decide the order, and not the names of files. */
  readonly links?: (text: string) => { readonly id: string; readonly after: readonly string[] } | null;
  /** Files in which the tool is configured, and text in them by which all migrations run otherwise. */
  readonly settings?: { readonly file: RegExp; readonly patterns: readonly (readonly [RegExp, Delivery])[] };
  /** How its programs, in JavaScript or TypeScript, send SQL. */
  readonly dialect?: Omit<Dialect, 'wraps'>;
}

const WRAPS: ReadonlySet<Delivery> = new Set(['all-files', 'whole-file']);

const isJavaScript = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file);

/** Declarations and tests beside the programs. */
const BESIDE = /\.(d|test|spec)\.[cm]?[jt]s$/;

/** Each program is a migration without SQL and with a blind spot, so that it is never taken for checked. */
export async function codeHistories(repo: Repo, tool: CodeTool): Promise<History[]> {
  const files = repo.paths.filter(path => tool.file.test(path) && !BESIDE.test(path));
  const texts = new Map(await Promise.all(files.map(async file => [file, await repo.read(file)] as const)));
  const matching = files.filter(file => tool.pattern.test(texts.get(file) ?? ''));
  const own = [...matching, ...(await unsaid(repo, tool, files, { texts, matching }))];
  own.sort((a, b) => natural(nameOf(a), nameOf(b)));
  const transaction = own.length > 0 ? await configured(repo, tool) : tool.transaction;
  const linksOf = (file: string): ReturnType<NonNullable<CodeTool['links']>> =>
    tool.links?.(texts.get(file) ?? '') ?? null;
  const imports = await importedCode(
    repo,
    new Map(own.filter(isJavaScript).map(file => [file, texts.get(file) ?? ''] as const)),
  );
  return [...groupBy(own, folderOf)].map(([root, paths]) => ({
    framework: tool.id,
    root,
    migrations: linked(paths, linksOf).map((file): Migration => {
      const text = texts.get(file) ?? '';
      return {
        id: linksOf(file)?.id ?? nameOf(file).replace(/\.\w+$/, ''),
        framework: tool.id,
        file,
        sql: blank(text),
        ...(imports.has(file) && { imports: imports.get(file) ?? [] }),
        changed: false,
        direction: 'up',
        transaction: tool.outside?.test(text) === true ? 'per-statement' : transaction,
        noTransaction: { instruction: tool.instruction, oneStatement: false },
        unread: [
          {
            line: 1,
            because: `${tool.title} migrations are written in code, and the SQL of this one was not read. Set \`sql-command\` to print it.`,
          },
        ],
      };
    }),
  }));
}

/**
 * Programs that do not say whose they are: those beside some that do, and those of a project that has the tool, when
 * they have a way up.
 */
async function unsaid(
  repo: Repo,
  tool: CodeTool,
  files: readonly string[],
  { texts, matching }: { readonly texts: ReadonlyMap<string, string>; readonly matching: readonly string[] },
): Promise<string[]> {
  const { project } = tool;
  if (!project || matching.length === files.length) return [];
  const excluded = new Set(matching);
  const folders = new Set(matching.map(folderOf));
  const isOpen = (text: string): boolean => GOES_UP.test(text) && !SAID.test(text);
  const rest = files.filter(file => !excluded.has(file) && isOpen(texts.get(file) ?? ''));
  const inSameFolder = rest.filter(file => folders.has(folderOf(file)));
  const elsewhere = rest.filter(file => !folders.has(folderOf(file)));
  if (elsewhere.length === 0) return inSameFolder;
  if (repo.paths.some(path => project.files?.test(path))) return rest;
  const homes = await packageHomes(repo, project.packages);
  return [...inSameFolder, ...elsewhere.filter(file => homes.some(home => home === '' || file.startsWith(`${home}/`)))];
}

/** Words by which some tool knows its programs. */
const SAID = /\b(pgm|knex|queryInterface|MigrationInterface|QueryRunner|MigrationBuilder|Kysely|addSql|dbmigrate)\b/i;
/** A name of CommonJS or of a module, or a method of a class. */
const GOES_UP = /\bexports\b[^;]*\bup\b|\bexport\b[^;]*\bup\b|\bup\s*(\(|=|:)/;

/** Folders of a package.json that depends on one of these. */
export async function packageHomes(repo: Repo, packages: readonly string[]): Promise<string[]> {
  if (packages.length === 0) return [];
  const files = repo.paths.filter(path => nameOf(path) === 'package.json' && !path.includes('node_modules/'));
  const names = packages.map(name => name.replaceAll('/', '\\/')).join('|');
  const depends = new RegExp(`"(${names})"\\s*:\\s*"`);
  const homes = await Promise.all(
    files.map(async path => (depends.test(await repo.read(path)) ? [folderOf(path)] : [])),
  );
  return homes.flat();
}

async function configured(repo: Repo, { settings, transaction }: CodeTool): Promise<Delivery> {
  if (!settings) return transaction;
  const texts = await Promise.all(repo.paths.filter(path => settings.file.test(path)).map(path => repo.read(path)));
  return settings.patterns.find(([pattern]) => texts.some(text => pattern.test(text)))?.[1] ?? transaction;
}

/** The history with what its programs hold as literal text. The room that reads them is loaded with the first. */
export async function readPrograms(repo: Repo, history: History, { dialect }: CodeTool): Promise<History> {
  if (!dialect) return history;
  const { readProgram } = await import('../../programs/read-program.ts');
  const migrations = await Promise.all(
    history.migrations.map(async (migration): Promise<Migration[]> => {
      if (migration.file.endsWith('.sql')) return [migration];
      const text = await repo.read(migration.file);
      const program = { repo, file: migration.file, text };
      const { up, down } = await readProgram(program, { ...dialect, wraps: WRAPS.has(migration.transaction) });
      return (['up', 'down'] as const).flatMap(direction => {
        const read = direction === 'up' ? up : down;
        return (read?.parts ?? []).map((part, index): Migration => ({
          ...migration,
          ...part,
          direction,
          transaction: read?.outside === true ? 'per-statement' : migration.transaction,
          unread: index === 0 ? (read?.unread ?? []) : [],
        }));
      });
    }),
  );
  return { ...history, migrations: migrations.flat() };
}

/** What is said of every tool whose programs are not read, after what is said of this one. */
export const codeNotes = (
  layout: string,
  command = 'your own script',
): Framework['notes'] => `${layout} The SQL of such a migration is not read: a changed
migration is reported as not analyzed, unless \`sql-command\` prints its SQL: ${command}. The command runs only for changed
migrations, so tables created by earlier ones are not known, and findings about them say "may".`;

/** The same for tools whose programs hold SQL as text. */
export const literalNotes = (
  layout: string,
): Framework['notes'] => `${layout} The code is not executed. SQL that it sends as literal text is read:
strings and templates without expressions, constants, concatenations, lists and loops over them, functions in the same
file, and files next to it that it reads; code under a condition is read as if it ran. Everything else that accesses the
database, such as the schema builder or SQL built at run time, is reported as not analyzed on its line, unless
\`sql-command\` prints the SQL.`;
