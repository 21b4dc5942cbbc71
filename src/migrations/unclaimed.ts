import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import { nameOf } from '../frameworks/shared/files.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type History } from '../model/source.ts';
import { parse } from '../sql/parse.ts';
import { isDump, isPlacedToRun, isQueries, isSeed, mayBe, programSays, statementsIn } from './file-signs.ts';
import { hasForeignSigns, namesOther } from './dialect.ts';

interface Around {
  readonly changed: ReadonlySet<string>;
  /** Read by a tool, another database's, or ignored. */
  readonly isSkipped: (path: string) => boolean;
  readonly histories: readonly History[];
}

/** More of a file is not read to see what it is. */
const LONGEST = 2_000_000;

/** Changed files that look like migrations and that nothing reads. */
export async function unclaimed(repo: Repo, around: Around): Promise<BlindSpot[]> {
  const { changed, isSkipped } = around;
  const files = repo.paths.filter(path => changed.has(path) && mayBe(path) !== null && !isSkipped(path));
  const referrers = lazily(() => referrersOf(repo, around));
  const spots = await Promise.all(
    files.map(async path => {
      const text = await textOf(repo, path);
      const because = typeof text === 'string' ? await reason(path, text, { ...around, referrers }) : text.because;
      return because === null ? [] : [{ span: onLine(path), because, kind: 'unread' as const }];
    }),
  );
  return spots.flat();
}

async function textOf(repo: Repo, path: string): Promise<string | { readonly because: string }> {
  try {
    const text = await repo.read(path);
    return text.slice(0, LONGEST);
  } catch (error) {
    if (error instanceof UserError)
      return { because: `The file may be a migration, but cannot be read: ${error.message}` };
    throw error;
  }
}

interface Named extends Around {
  readonly referrers: () => Promise<readonly Referrer[]>;
}

async function reason(path: string, text: string, { histories, referrers }: Named): Promise<string | null> {
  if (mayBe(path) !== 'sql') {
    const what = programSays(path, text);
    return what === null
      ? null
      : `The file looks like ${what}, but belongs to no supported migration tool, so it was not checked. ${WAY_OUT}`;
  }
  const { defines, writes } = statementsIn(text);
  if ((defines || writes) && !isDump(path, text)) {
    const name = nameOf(path);
    const namer = (await referrers()).find(one => one.file !== path && names(one.text, name));
    if (namer)
      return `${namer.file} names this file and may run its ${defines ? 'DDL' : 'DML'}, which was not checked. ${WAY_OUT}`;
  }
  const [what] = defines ? ['DDL'] : writes && isPlacedToRun(path) && !isSeed(path) && !isQueries(text) ? ['DML'] : [];
  if (what === undefined || isNamedQueries(text) || (isSeed(path) && !isPlacedToRun(nameOf(path)))) return null;
  if (isDump(path, text)) return null;
  if (namesOther(path) && hasForeignSigns(text) && (await parse(text, path)).every(({ error }) => error !== undefined))
    return null;
  const near = histories.find(({ root }) => root !== '' && path.startsWith(`${root}/`));
  const where = near ? `, although it is in the directory of ${near.framework}` : '';
  return `The file contains ${what}, but no migration tool runs it${where}, so it was not checked. ${SQL_WAY_OUT}`;
}

interface Referrer {
  readonly file: string;
  readonly text: string;
}

/** As a whole word: `a.sql` is not named by `data.sql`. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w.-]/.test(text[at - 1] ?? '') && !/[\w-]/.test(text[at + name.length] ?? '')) return true;
  return false;
}

/** Programs and changelogs that may send SQL of other files. */
async function referrersOf(repo: Repo, { histories }: Around): Promise<Referrer[]> {
  const claimed = new Set(histories.flatMap(({ migrations }) => migrations.map(({ file }) => file)));
  const files = repo.paths.filter(path => !path.endsWith('.sql') && (claimed.has(path) || isSender(path)));
  const texts = await Promise.all(
    files.map(async file => {
      const text = await textOf(repo, file);
      return typeof text === 'string' && text.includes('.sql') ? [{ file, text }] : [];
    }),
  );
  return texts.flat();
}

const isSender = (path: string): boolean => {
  const kind = mayBe(path);
  return kind === 'program' || kind === 'data';
};

function lazily<T>(make: () => T): () => T {
  let result: { readonly value: T } | null = null;
  return () => (result ??= { value: make() }).value;
}

const isNamedQueries = (text: string): boolean => /^\s*--\s*name:\s*\w+\s*:\w+/m.test(text);

const WAY_OUT = 'Set `framework` to its tool, or add it to `ignore` if it is not a migration.';
const SQL_WAY_OUT = 'Add it to `paths`, set `framework` to its tool, or add it to `ignore` if it is not a migration.';
