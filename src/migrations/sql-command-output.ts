import type { Repo } from '../model/framework.ts';
import { frameworks } from '../frameworks/index.ts';
import type { PrintSql } from '../model/commands.ts';
import type { History, Migration } from '../model/source.ts';

interface Printing {
  readonly repo: Repo;
  readonly print: PrintSql;
  /** Everything is checked, changed or not. */
  readonly all: boolean;
}

/**
 * Histories with what a command prints in the place of programs that are not read in full. One at a time, and only of
 * what is checked: a command may take seconds.
 */
export async function withCommandOutput(histories: readonly History[], printing: Printing): Promise<History[]> {
  const done: History[] = [];
  for (const history of histories) done.push(await printed(history, printing));
  return done;
}

async function printed(history: History, { repo, print, all }: Printing): Promise<History> {
  const tool = frameworks.find(({ id }) => id === history.framework);
  const migrations: Migration[] = [];
  const replaced = new Set<string>();
  let before: string | null = null;
  for (const migration of history.migrations) {
    const { id, file, direction } = migration;
    const isNeeded = direction === 'up' && migration.unread.length > 0 && (all || migration.changed);
    if (isNeeded && !/\.(sql|ya?ml|json|xml)$/.test(file)) {
      const text = await repo.read(file);
      const previous = tool?.previous?.(text, before) ?? before ?? '';
      migrations.push(asPrinted(migration, await print(migration, previous), text, tool?.historyTable ?? ''));
      replaced.add(id);
    } else if (direction === 'down' || !replaced.has(id)) migrations.push(migration);
    if (direction === 'up') before = id;
  }
  return { ...history, migrations };
}

/** Tools that print BEGIN and COMMIT print all of them. What they write into their own history is no work on the schema. */
function asPrinted(migration: Migration, output: string, text: string, historyTable: string): Migration {
  const own = new RegExp(
    `\\b(insert\\s+into|update|delete\\s+from|create\\s+table(\\s+if\\s+not\\s+exists)?)\\s+"?${historyTable}"?[\\s(][^;]*(?:;|$)`,
    'gi',
  );
  const sql = output.replace(own, '');
  const begins = sql.match(BEGIN)?.length ?? 0;
  // One transaction around the file is printed where the tool would go on with that of the file before.
  const goesOn = migration.transaction === 'all-files' && begins === 1 && sql.match(COMMIT)?.length === 1;
  const sent = goesOn ? sql.replace(BEGIN, '').replace(COMMIT, '') : sql;
  return {
    ...migration,
    sql: `${allowances(text)}${sent}`,
    unread: silences(sql).map(because => ({ line: 1, because })),
    printed: true,
    transaction: begins > 0 && !goesOn ? 'as-written' : migration.transaction,
  };
}

const BEGIN = /^\s*(begin|start\s+transaction)\s*;/gim;
const COMMIT = /^\s*commit\s*;/gim;

/** Why what was printed is not all that runs. Django's words for what it cannot print, and for what is nothing. */
function silences(sql: string): string[] {
  const python = sql.includes('THIS OPERATION CANNOT BE WRITTEN AS SQL');
  const output = sql
    .replace(/--[^\n]*|\/\*[^]*?(?:\*\/|$)/g, '')
    .replace(/\b(begin|commit|start\s+transaction)\b|;/gi, '');
  if (python) return ['sql-command reports that part of the migration cannot be written as SQL.'];
  return output.trim() === '' && !sql.includes('(no-op)') ? ['sql-command printed no SQL.'] : [];
}

/** `# migration-gate: allow …` of the program, on the first line. */
const allowances = (text: string): string =>
  [...text.matchAll(/^[^\n'"]*?(?:#|\/\/|--)\s*(migration-gate:[^\n]*)$/gim)]
    .map(([, output = '']) => `/* ${output.replaceAll('*/', '').replaceAll('/*', '').trim()} */ `)
    .join('');
