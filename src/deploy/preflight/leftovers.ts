import { diffCatalogs } from '../../diff/diff-catalogs.ts';
import { objectsOf, type DescribedObject } from '../../diff/describe.ts';
import type { MigrationState } from '../../model/deploy-report.ts';
import type { Migration } from '../../model/source.ts';
import type { ObjectDiff, PartDiff } from '../../model/schema-diff.ts';
import type { Catalog } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';
import type { FailedMigration, Recovery } from '../tool.ts';
import { folderOf } from '../../frameworks/shared/files.ts';
import type { Inspection } from './check.ts';
import { placeOf } from './words.ts';

/** Whether the effect of a statement is in the live schema; `unclear` where it has none that shows. */
type Presence = 'there' | 'not there' | 'partly there' | 'unclear';

interface Leftovers {
  readonly message: string;
  readonly objects: readonly string[];
  readonly hint: string | null;
}

/** What of a failed migration is in the live schema, statement by statement. */
export function leftoversOf(at: Inspection, state: MigrationState): Leftovers {
  const found = at.pending.broken.find(one => one.state === state);
  const live = at.facts.live.catalog;
  const recovery = at.tools.get(state.tool)?.recovery ?? null;
  if (found === undefined || live === null)
    return {
      message: `${state.id} ${state.state === 'failed' ? 'has failed' : 'is half-applied'}, and what of it is in the database is unknown.`,
      objects: [],
      hint: null,
    };
  const { migration, steps } = found.analyzed;
  const known = byName(live);
  const presences = steps
    .filter(({ changes }) => !changes.every(({ kind }) => kind === 'transaction' || kind === 'set'))
    .map(step => ({ step, presence: presenceOf(step, known) }));
  const count = (wanted: Presence): number => presences.filter(({ presence }) => presence === wanted).length;
  const [there, absent, all] = [count('there'), count('not there'), presences.length];
  const failed = failedOf(state, migration, at);
  const objects = presences.map(({ step, presence }) => `${placeOf(step)}: ${presence}: ${beginning(step)}`);
  if (absent === all)
    return {
      message: `${state.id}: nothing of it is in the database.`,
      objects,
      hint: said('undone', recovery, failed),
    };
  if (there === all)
    return { message: `${state.id}: all of it is in the database.`, objects, hint: said('done', recovery, failed) };
  const unclear = count('unclear') > 0 ? ' Changes of rows do not show in the schema.' : '';
  return {
    message: `${state.id}: ${there} of ${all} statements are in the database, ${absent} are not.${unclear}`,
    objects,
    hint: [
      'Run what is not there by hand',
      ...(recovery === null ? [] : [`, then record it: ${recovery.done?.(failed) ?? 'there is no command for that'}`]),
      '. Or undo what is there',
      ...(recovery === null ? [] : [`, then: ${recovery.undone(failed)}`]),
      '.',
    ].join(''),
  };
}

function said(which: 'done' | 'undone', recovery: Recovery | null, failed: FailedMigration): string {
  if (recovery === null) return 'Record that with the command of the tool.';
  if (which === 'undone') return `Record that it is not applied, and deploy again: ${recovery.undone(failed)}`;
  return recovery.done === null
    ? `The tool cannot record it as applied. Undo it, then: ${recovery.undone(failed)}`
    : `Record that it is applied: ${recovery.done(failed)}`;
}

function failedOf(state: MigrationState, migration: Migration, { states }: Inspection): FailedMigration {
  const files = states.filter(({ tool, file }) => tool === state.tool && file !== null);
  const before = files[files.indexOf(state) - 1];
  return { id: state.id, file: migration.file, folder: folderOf(migration.file), before: before?.id ?? null };
}

const BEGINNING = 80;

const beginning = ({ statement }: Step): string => {
  const text = statement.sql.replace(/\s+/g, ' ').trim();
  return text.length > BEGINNING ? `${text.slice(0, BEGINNING)}…` : text;
};

type Known = ReadonlyMap<string, DescribedObject>;

function byName(catalog: Catalog): Known {
  const all = [...objectsOf(catalog, 'gist').values()].map(({ describe }) => describe());
  return new Map(all.map(one => [`${one.kind} ${plainName(one.name)}`, one]));
}

/** A routine without its arguments, which the two sides may not both know. */
const plainName = (name: string): string => name.replace(/\(.*$/, '');

function presenceOf({ before, after }: Step, live: Known): Presence {
  const presences = diffCatalogs(before, after, 'gist').flatMap(diff => ofObject(diff, live));
  if (presences.length === 0) return 'unclear';
  if (presences.every(one => one)) return 'there';
  return presences.some(one => one) ? 'partly there' : 'not there';
}

/** For each part of what a statement does to an object: is it done? */
function ofObject({ kind, name, before, after, parts }: ObjectDiff, live: Known): boolean[] {
  const is = live.get(`${kind} ${plainName(name)}`);
  if (before === null) return [is !== undefined];
  if (after === null) return [is === undefined];
  if (is === undefined) return [false];
  return [...(before === after ? [] : [is.text === after]), ...parts.map(part => isDone(part, is))];
}

function isDone({ part, name, before, after }: PartDiff, { parts }: DescribedObject): boolean {
  const own = parts.find(one => one.part === part && one.name === name);
  if (after === null) return own === undefined;
  if (before === null) return own !== undefined;
  return own?.text === after;
}
