import type { Difference, Replayed } from './replay-history.ts';

const COLUMNS = ['files', 'statements', 'differing', 'agree %', 'schema', 'opaque', 'refused'];
const cells = (values: readonly (string | number)[]): string =>
  values.map(value => String(value).padStart(10)).join('');

export const heading = (): string => `${cells(COLUMNS)}  history`;

/** One line of the table. */
export function figures(name: string, { files, compared, differing, opaque, refused, differences }: Replayed): string {
  const agree = compared === 0 ? '-' : ((100 * (compared - differing)) / compared).toFixed(2);
  const schema = differences.filter(({ kind }) => kind === 'schema').length;
  return `${cells([files, compared, differing, agree, schema, opaque, refused.length])}  ${name}`;
}

/** What differs, one line per cause with its first place; then what the server did not take. */
export function grouped({ differences, refused }: Replayed): string[] {
  const groups = by(differences, ({ group }) => group);
  const messages = by(refused, ({ message }) => message);
  return [
    ...[...groups.values()].map(group => `${group.length} × ${text(group)}`),
    ...[...messages].map(([message, all]) => `${all.length} × refused: ${message} (${place(all[0]?.at)})`),
  ];
}

function by<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

const text = ([first]: readonly Difference[]): string =>
  first === undefined ? '' : `${first.text}${first.kind === 'cost' ? ` [${first.group}]` : ''} (${place(first.at)})`;
const place = (at: Difference['at'] | undefined): string => (at ? `${at.file}:${at.line}` : '');
