import type { History, Migration } from '../model/source.ts';

/** What a tool counts as one: a file's way up or down, of which a program may send several parts. */
export interface Unit {
  readonly direction: Migration['direction'];
  readonly id: string;
  readonly file: string;
  readonly framework: string;
  readonly repeatable: boolean;
  readonly parts: readonly Migration[];
}

/** The units of a history, in its order. */
export function unitsOf({ migrations }: History): Unit[] {
  const units = new Map<string, Unit & { readonly parts: Migration[] }>();
  for (const migration of migrations) {
    const { direction, id, file, framework, repeatable = false } = migration;
    const key = exactly(migration);
    const unit = units.get(key);
    if (unit) unit.parts.push(migration);
    else units.set(key, { direction, id, file, framework, repeatable, parts: [migration] });
  }
  return [...units.values()];
}

export const exactly = ({ direction, id, file }: Pick<Unit, 'direction' | 'id' | 'file'>): string =>
  [direction, id, file].join('\n');

export const byId = ({ direction, id }: Pick<Unit, 'direction' | 'id'>): string => [direction, id].join('\n');
