import type { Shown } from './fuzz.ts';

type Group = Shown['groups'] extends Map<string, infer G> ? G : never;

/** A line for each message of errors that nothing predicted: how many there were, of what, and one of them. */
export function refusals(groups: readonly Group[]): string[] {
  const said = new Map<string, { count: number; shapes: Set<string>; sql: string }>();
  for (const { finding, from, count } of groups) {
    if (finding.kind !== 'error') continue;
    const [shape = '', message = ''] = finding.group.split(/: (.*)/s);
    const known = said.get(message) ?? { count: 0, shapes: new Set(), sql: from.migration.at(-1) ?? '' };
    said.set(message, { ...known, count: known.count + count, shapes: known.shapes.add(shape) });
  }
  return [...said]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([message, { count, shapes, sql }]) => `${count} × ${message} [${[...shapes].join(', ')}] ${sql}`);
}
