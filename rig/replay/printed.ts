import type { Difference, Replayed } from './replay-history.ts';

const COLUMNS = ['files', 'statements', 'differing', 'agree %', 'schema', 'explained', 'opaque', 'refused', 'believed'];
const cells = (values: readonly (string | number)[]): string =>
  values.map(value => String(value).padStart(10)).join('');

export const heading = (): string => `${cells(COLUMNS)}  history`;

/** One line of the table. */
export function figures(name: string, replayed: Replayed): string {
  const { files, compared, differing, opaque, refused, differences, explained } = replayed;
  const agree = compared === 0 ? '-' : ((100 * (compared - differing)) / compared).toFixed(2);
  const schema = differences.filter(({ kind }) => kind === 'schema').length;
  const believed = refused.filter(one => one.believed).length;
  return `${cells([files, compared, differing, agree, schema, explained.length, opaque, refused.length, believed])}  ${name}`;
}

/** What differs, one line per cause with its first place; what blind spots explain; what the server did not take. */
export function grouped({ differences, explained, refused }: Replayed): string[] {
  const groups = by(differences, ({ group }) => group);
  const spots = by(explained, ({ group }) => group);
  const messages = by(
    refused,
    ({ believed, message }) => `${believed ? 'refused, but believed in' : 'refused'}: ${message}`,
  );
  return [
    ...[...groups.values()].map(group => `${group.length} × ${text(group)}`),
    ...[...spots.values()].map(
      ([first, ...more]) =>
        `${more.length + 1} × explained: ${first?.explanation?.because ?? ''} (${place(first?.explanation?.at)})`,
    ),
    ...[...messages].map(([message, all]) => `${all.length} × ${message} (${place(all[0]?.at)})`),
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
