import type { Applied } from '../model/applied.ts';
import type { Compared } from './compared.ts';
import type { Match } from './match.ts';

/** Edits of merged migrations that no database has applied: they run as they are now. */
export const neverApplied = ({ matches }: Pick<Compared, 'matches'>, applied: Applied | null): readonly Match[] =>
  applied === null
    ? []
    : matches.filter(
        ({ status, was, by, is }) =>
          status === 'edited' &&
          by === undefined &&
          is.direction === 'up' &&
          was !== null &&
          applied.where(was.file, was.id).length === 0,
      );

const SHOWN = 5;

/** What the histories say, for the report. */
export function appliedNotes({ databases, open }: Applied): string[] {
  const where = databases.map(({ database, readAt }) => `${database} (as of ${readAt})`).join(', ');
  const one = databases.length > 1 ? 'one of ' : '';
  if (open.length === 0) return [`Every merged migration is applied in ${one}${where}.`];
  const more = open.length > SHOWN ? ` and ${open.length - SHOWN} more` : '';
  return [
    `Merged but not applied in ${where}: ${open.slice(0, SHOWN).join(', ')}${more}. Edits of these are not reported.`,
  ];
}
