import { blocked, LOCK_MODES, type LockMode } from '../../src/model/lock.ts';
import type { Entry } from './entry.ts';
import type { Facts } from './facts.ts';
import { byVersion, span } from './versions.ts';

type ByMajor = ReadonlyMap<number, Facts>;

/** A line of a section's table: statement, who waits, locks, work. */
export function row(entry: Entry, facts: ByMajor): string {
  const runs = runsOn(facts);
  const cell = (say: (facts: Facts) => string): string => byVersion(runs, say);
  const line = [statement(entry, facts, runs), cell(whoWaits), cell(locks), cell(work)];
  return `| ${line.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What is said of one major. */
export const cells = (facts: Facts): string => [whoWaits(facts), locks(facts), work(facts)].join(' | ');

/** The majors that can run it; where none does, all: they say why not. */
function runsOn(facts: ByMajor): ByMajor {
  const able = [...facts].filter(([, { error }]) => !error);
  if (able.length > 0) return new Map(able);
  return new Map([...facts].filter(([, { error }]) => error?.message.startsWith('syntax error') !== true));
}

function statement({ id, sql, where }: Entry, facts: ByMajor, runs: ByMajor): string {
  const alone = [...runs].filter(([, found]) => found.alone).map(([major]) => major);
  const notes = [
    where === undefined ? '' : `where ${where}`,
    runs.size < facts.size ? `_${span([...runs.keys()], [...facts.keys()])}_` : '',
    alone.length === 0
      ? ''
      : `${alone.length < runs.size ? `_${span(alone, [...runs.keys()])}_ ` : ''}not in a transaction block`,
  ].filter(note => note !== '');
  return `<a id="${id}"></a>\`${sql}\`${notes.length === 0 ? '' : `<br>${notes.join('; ')}`}`;
}

const MARKS = { 'reads and writes': '🔴 reads and writes of', writes: '🟠 writes of' } as const;

function whoWaits({ error, locks = {} }: Facts): string {
  if (error) return '–';
  const lines = (['reads and writes', 'writes'] as const).flatMap(what => {
    const names = Object.keys(locks).filter(
      name => blocked(locks[name] ?? 'ACCESS SHARE') === what && !name.startsWith('composite-type '),
    );
    return names.length === 0 ? [] : `${MARKS[what]} ${list(names)}`;
  });
  return lines.length === 0 ? '⚪ nobody' : lines.join('<br>');
}

function locks({ error, locks: held = {} }: Facts): string {
  if (error) return '–';
  const on = (mode: LockMode): string[] => Object.keys(held).filter(name => held[name] === mode);
  const lines = LOCK_MODES.toReversed().flatMap(mode =>
    on(mode).length === 0 ? [] : `${mode.replaceAll(' ', '&nbsp;')}: ${list(on(mode))}`,
  );
  return lines.length === 0 ? 'none' : lines.join('<br>');
}

function work({
  error,
  rewrites = [],
  newFiles = [],
  scans = [],
  builds = {},
  rebuilds = {},
  waits = [],
}: Facts): string {
  if (error) return `refused: ${error.message}`;
  const written = [...rewrites, ...newFiles];
  const over = (built: Readonly<Record<string, string>>, keep: (table: string) => boolean): string[] =>
    Object.keys(built).filter(index => keep(built[index] ?? ''));
  const withIndexes = (table: string): string => {
    const count = over(rebuilds, of => of === table).length;
    return `${plain(table)}${count === 0 ? '' : ` and its ${count === 1 ? 'index' : `${count} indexes`}`}`;
  };
  const again = over(rebuilds, table => !written.includes(table));
  const read = scans.filter(
    table => ![...written, ...Object.values(builds), ...Object.values(rebuilds)].includes(table),
  );
  const parts = [
    rewrites.length > 0 ? `**rewrites** ${rewrites.map(withIndexes).join(', ')}` : '',
    newFiles.length > 0 ? `**new file** for ${newFiles.map(withIndexes).join(', ')}` : '',
    Object.keys(builds).length > 0 ? `**builds** ${list(Object.keys(builds))}` : '',
    again.length > 0 ? `**builds again** ${list(again)}` : '',
    read.length > 0 ? `**reads** ${list(read)}` : '',
    waits.length > 0 ? `**waits** for ${waits.join(', ')}` : '',
  ].filter(part => part !== '');
  return parts.length === 0 ? '–' : parts.join('<br>');
}

const KINDS: Readonly<Record<string, string>> = { index: 'index', sequence: 'sequence', 'composite-type': 'type' };

/** Tables and views go by their name alone. */
function plain(relation: string): string {
  const [name = '', kind = ''] = relation.split(' ').reverse();
  return `${KINDS[kind] ?? ''} ${name}`.trim();
}

/** Tables first. */
const list = (names: readonly string[]): string =>
  [...names.filter(name => !name.includes(' ')), ...names.filter(name => name.includes(' '))].map(plain).join(', ');
