import { frameworks } from '../frameworks/index.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type History } from '../model/source.ts';
import type { Applied } from '../model/applied.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { behaviorOf, type ToolBehavior } from './tool-behavior.ts';
import { type Compared, sentAgain } from './compared.ts';
import type { Match } from './match.ts';
import { unitsOf, type Unit } from './units.ts';

/** More of a kind than this are one finding. */
const MANY = 3;

/** By its title, without what of the tool it is; of files that somebody runs, nobody in particular. */
const toolOf = ({ framework }: Pick<Unit, 'framework'>): string =>
  framework === 'plain-sql'
    ? 'the tool'
    : (frameworks.find(({ id }) => id === framework)?.title.replace(/ \(.*/, '') ?? framework);

/** What the change does to merged migrations. */
export function findings(
  { head, base, copied, matches, removed, late, lateIs, doubled }: Compared,
  applied: Applied | null = null,
): RawFinding[] {
  const ups = matches.filter(({ is }) => is.direction === 'up' && !is.repeatable);
  return [
    ...ups
      .filter(({ status }) => status === 'edited')
      .map(one => withPlaces(edited(one, sentAgain(matches)), one, applied)),
    ...grouped(ups.filter(({ status }) => status === 'renamed').map(renamed), 'renamed-migration'),
    ...(base && !copied ? moved(head, base, ups) : []),
    ...deleted(
      head,
      removed.filter(({ direction }) => direction === 'up'),
    ),
    ...waysDownGone(matches, removed),
    ...late.map(is => outOfOrder(is, lateIs ?? behaviorOf(is.framework).late)),
    ...doubled.map(duplicate),
  ];
}

const rawFinding = (
  rule: RawFinding['rule'],
  { file, id }: Pick<Unit, 'file' | 'id'>,
  message: string,
): RawFinding => ({
  rule,
  message,
  span: onLine(file),
  migration: id,
});

function edited({ is, by, isImport, filled }: Match, again: ReadonlySet<string>): RawFinding {
  const then = {
    refused: `${toolOf(is)} detects a checksum mismatch and stops.`,
    unseen: `${toolOf(is)} does not run it again, so existing and new databases differ.`,
  }[by === undefined ? behaviorOf(is.framework).edited : 'unseen'];
  if (filled) {
    const message = `${is.id} was already merged, and the configuration that fills in its placeholders is edited: ${toolOf(is)} does not run it again, so existing and new databases differ.`;
    return rawFinding('edited-migration', is, message);
  }
  if (isImport && by !== undefined) {
    const message = `${is.id} was already merged and imports ${by}, which is edited: ${then} Keep what merged migrations import as it is.`;
    const found = rawFinding('edited-migration', is, message);
    // What lies elsewhere is the application's, and need not decide what the migration does.
    return by.startsWith(`${folderOf(is.file)}/`) ? found : { ...found, severity: 'warning' };
  }
  if (by !== undefined) {
    const what = `${is.id} was already merged and includes ${by}, which is edited`;
    if (!again.has(by)) return rawFinding('edited-migration', is, `${what}: ${then} Write a new migration.`);
    const message = `${what}; a new migration includes it again. New databases run the new text at ${is.id}, before the later migrations.`;
    return { ...rawFinding('edited-migration', is, message), severity: 'warning' };
  }
  return rawFinding(
    'edited-migration',
    is,
    `${is.id} was already merged and is edited: ${then} Write a new migration.`,
  );
}

/** With the databases that have applied it, where that is known. */
function withPlaces(finding: RawFinding, { was }: Match, applied: Applied | null): RawFinding {
  const where = applied === null || was === null ? [] : applied.where(was.file, was.id);
  if (where.length === 0) return finding;
  return {
    ...finding,
    message: `${finding.message} It is applied in ${where.map(({ database }) => database).join(', ')}.`,
  };
}

function renamed({ is, was }: Match): RawFinding {
  const { missing } = behaviorOf(is.framework);
  const then = missing === 'refused' ? 'does not find the old one and stops' : 'runs it again under the new name';
  return rawFinding(
    'renamed-migration',
    is,
    `${was?.id ?? ''} was already merged and is renamed to ${is.id}: ${toolOf(is)} ${then}.`,
  );
}

/** Another file under the same name. Flyway compares descriptions, Liquibase paths; to others only the folder matters. */
function moved({ root, framework }: History, base: History, ups: readonly Match[]): RawFinding[] {
  const all = ups.filter(({ status }) => status === 'moved');
  const apart = all.filter(({ is, was }) => folderOf(is.file) !== folderOf(was?.file ?? ''));
  if (framework === 'flyway' || framework === 'liquibase') {
    const counts =
      framework === 'liquibase' ? all : all.filter(({ is, was }) => nameOf(is.file) !== nameOf(was?.file ?? ''));
    const what =
      framework === 'liquibase' ? 'includes the path in the name of a changeset' : 'compares the description';
    if (counts.length > 0)
      return grouped(
        counts.map(({ is, was }) =>
          rawFinding(
            'renamed-migration',
            is,
            `${was?.file ?? ''} is renamed to ${is.file}: ${toolOf({ framework })} ${what}, so it is another migration.`,
          ),
        ),
        'renamed-migration',
      );
  }
  const [first] = apart;
  if (!first?.was) return [];
  const count = apart.length === 1 ? first.is.id : `${apart.length} merged migrations`;
  const [from, to] = root === base.root ? [folderOf(first.was.file), folderOf(first.is.file)] : [base.root, root];
  const message = `${count} moved from ${from} to ${to}: ${toolOf(first.is)} finds them only if its configuration names the new folder.`;
  return [rawFinding('moved-migration', first.is, message)];
}

function deleted({ framework }: Pick<History, 'framework'>, units: readonly Unit[]): RawFinding[] {
  const then =
    behaviorOf(framework).missing === 'refused'
      ? `${toolOf({ framework })} does not find it and stops in databases that have applied it`
      : 'databases that have applied it keep its effects, new databases never get them';
  return grouped(
    units.map(was => rawFinding('deleted-migration', was, `${was.id} was already merged and is deleted: ${then}.`)),
    'deleted-migration',
  );
}

/** Of a migration that stays. */
function waysDownGone(matches: readonly Match[], units: readonly Unit[]): RawFinding[] {
  const stay = new Set(matches.flatMap(({ is }) => (is.direction === 'up' ? is.id : [])));
  const again = new Set(matches.flatMap(({ is }) => (is.direction === 'down' ? is.id : [])));
  return units
    .filter(({ direction, id, parts }) => direction === 'down' && stay.has(id) && !again.has(id) && parts.some(hasText))
    .map(was => ({
      ...rawFinding(
        'deleted-migration',
        was,
        `The down migration of ${was.id} is deleted: the migration can no longer be rolled back.`,
      ),
      severity: 'warning',
    }));
}

const hasText = ({ sql }: { readonly sql: string }): boolean => sql.trim() !== '';

function outOfOrder(is: Unit, late: ToolBehavior['late']): RawFinding {
  const then = {
    applied: `${toolOf(is)} applies it late in databases that have run them, and in another order in new databases.`,
    skipped: `${toolOf(is)} never runs it in databases that have run them.`,
    refused: `${toolOf(is)} stops in databases that have run them.`,
    unordered: '',
  }[late];
  const finding = rawFinding(
    'out-of-order-migration',
    is,
    `${is.id} is new and sorts before merged migrations: ${then} Give it a newer version.`,
  );
  return late === 'applied' ? { ...finding, severity: 'warning' } : finding;
}

function duplicate([is, other]: readonly [Unit, Unit]): RawFinding {
  const one = rawFinding(
    'duplicate-version',
    is,
    `${is.file} and ${other.file} have the same version: only one of them can run.`,
  );
  if (is.framework !== 'plain-sql') return one;
  return { ...one, message: `${is.file} and ${other.file} have the same number.`, severity: 'warning' };
}

function grouped(all: readonly RawFinding[], rule: RawFinding['rule']): RawFinding[] {
  const [first] = all;
  if (!first || all.length <= MANY) return [...all];
  return [{ ...first, rule, message: `${first.message} The same applies to ${all.length - 1} more.` }];
}

/** A history of the base of which nothing is left, or which another tool reads now. */
export function lostHistory(
  base: History,
  isThere: (path: string) => boolean,
): { rawFindings: RawFinding[]; spots: BlindSpot[] } {
  const ups = unitsOf(base).filter(({ direction }) => direction === 'up');
  const present = ups.find(({ file }) => isThere(file));
  if (!present) return { rawFindings: deleted(base, ups), spots: [] };
  const because = `${placeOf(base)} was read as ${nameOfTool(base)} and no longer is: the change removes the lock file, journal or configuration that identifies it.`;
  return { rawFindings: [], spots: [{ span: onLine(present.file), because, kind: 'unread' }] };
}

/** Another tool reads, after the change, what one read before it. */
export function otherTool({ head, base, matches }: Compared): BlindSpot[] {
  if (!base || head.framework === base.framework) return [];
  const [first] = matches.filter(({ status }) => status !== 'same');
  const file = (first ?? matches[0])?.is.file;
  if (file === undefined) return [];
  const because = `${placeOf(base)} was read as ${nameOfTool(base)} and is now read as ${nameOfTool(head)}: it is not known which of them runs these files.`;
  return [{ span: onLine(file), because, kind: 'unread' }];
}

const nameOfTool = (history: History): string => (history.framework === 'plain-sql' ? 'plain SQL' : toolOf(history));

const placeOf = ({ root }: History): string => (root === '' ? 'The repository root' : root);

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
