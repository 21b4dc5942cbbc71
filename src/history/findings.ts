import { frameworks } from '../frameworks/index.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type History } from '../model/source.ts';
import type { Proof } from '../findings/raw-finding.ts';
import { conductOf } from './tool-behavior.ts';
import { type Compared, sentAgain } from './compared.ts';
import type { Match } from './match.ts';
import { unitsOf, type Unit } from './units.ts';

/** More of a kind than this are said at once. */
const MANY = 3;

/** By its title, without what of the tool it is; of files that somebody runs, nobody in particular. */
const toolOf = ({ framework }: Pick<Unit, 'framework'>): string =>
  framework === 'plain-sql'
    ? 'the tool'
    : (frameworks.find(({ id }) => id === framework)?.title.replace(/ \(.*/, '') ?? framework);

/** What the change does to merged migrations. */
export function findings({ head, base, copied, matches, gone, late, doubled }: Compared): Proof[] {
  const ups = matches.filter(({ is }) => is.direction === 'up' && !is.repeatable);
  return [
    ...ups.filter(({ how }) => how === 'edited').map(one => edited(one, sentAgain(matches))),
    ...grouped(ups.filter(({ how }) => how === 'renamed').map(renamed), 'renamed-migration'),
    ...(base && !copied ? moved(head, base, ups) : []),
    ...deleted(
      head,
      gone.filter(({ direction }) => direction === 'up'),
    ),
    ...waysDownGone(matches, gone),
    ...late.map(outOfOrder),
    ...doubled.map(duplicate),
  ];
}

const proof = (rule: Proof['rule'], { file, id }: Pick<Unit, 'file' | 'id'>, message: string): Proof => ({
  rule,
  message,
  span: onLine(file),
  migration: id,
});

function edited({ is, by }: Match, again: ReadonlySet<string>): Proof {
  const then = {
    refused: `${toolOf(is)} finds another checksum than the one that it has recorded, and refuses to go on.`,
    unseen: `${toolOf(is)} does not run it again: databases that have it stay as they are, new ones differ.`,
  }[by === undefined ? conductOf(is.framework).edited : 'unseen'];
  if (by !== undefined) {
    const what = `${is.id} was merged before, and sends ${by}, which is edited`;
    if (!again.has(by)) return proof('edited-migration', is, `${what}: ${then} Write a new migration.`);
    const message = `${what}; a new migration sends it again. New databases get the new text at ${is.id} already, before what was merged after it.`;
    return { ...proof('edited-migration', is, message), severity: 'warning' };
  }
  return proof('edited-migration', is, `${is.id} was merged before, and is edited: ${then} Write a new migration.`);
}

function renamed({ is, was }: Match): Proof {
  const { missing } = conductOf(is.framework);
  const then = missing === 'refused' ? 'misses the old one and refuses to go on' : 'runs it again under the new name';
  return proof(
    'renamed-migration',
    is,
    `${was?.id ?? ''} was merged before, and is now ${is.id}: ${toolOf(is)} ${then}.`,
  );
}

/** Another file under the same name. Flyway compares descriptions, Liquibase paths; to others only the folder matters. */
function moved({ root, framework }: History, base: History, ups: readonly Match[]): Proof[] {
  const all = ups.filter(({ how }) => how === 'moved');
  const apart = all.filter(({ is, was }) => folderOf(is.file) !== folderOf(was?.file ?? ''));
  if (framework === 'flyway' || framework === 'liquibase') {
    const counts =
      framework === 'liquibase' ? all : all.filter(({ is, was }) => nameOf(is.file) !== nameOf(was?.file ?? ''));
    const what = framework === 'liquibase' ? 'the path is part of a changeset’s name' : 'the description is compared';
    if (counts.length > 0)
      return grouped(
        counts.map(({ is, was }) =>
          proof(
            'renamed-migration',
            is,
            `${was?.file ?? ''} is now ${is.file}: to ${toolOf({ framework })} ${what}, so it is another migration.`,
          ),
        ),
        'renamed-migration',
      );
  }
  const [first] = apart;
  if (!first?.was) return [];
  const count = apart.length === 1 ? first.is.id : `${apart.length} merged migrations`;
  const [from, to] = root === base.root ? [folderOf(first.was.file), folderOf(first.is.file)] : [base.root, root];
  const message = `${count} moved from ${from} to ${to}: ${toolOf(first.is)} finds them where its configuration names the new folder.`;
  return [proof('moved-migration', first.is, message)];
}

function deleted({ framework }: Pick<History, 'framework'>, gone: readonly Unit[]): Proof[] {
  const then =
    conductOf(framework).missing === 'refused'
      ? `${toolOf({ framework })} misses it in databases that have it, and refuses to go on`
      : 'databases that have it keep what it did, new ones never get it';
  return grouped(
    gone.map(was => proof('deleted-migration', was, `${was.id} was merged before, and is deleted: ${then}.`)),
    'deleted-migration',
  );
}

/** Of a migration that stays. */
function waysDownGone(matches: readonly Match[], gone: readonly Unit[]): Proof[] {
  const stay = new Set(matches.flatMap(({ is }) => (is.direction === 'up' ? is.id : [])));
  const again = new Set(matches.flatMap(({ is }) => (is.direction === 'down' ? is.id : [])));
  return gone
    .filter(({ direction, id, parts }) => direction === 'down' && stay.has(id) && !again.has(id) && parts.some(hasText))
    .map(was => ({
      ...proof('deleted-migration', was, `The way down of ${was.id} is deleted: the migration cannot be taken back.`),
      severity: 'warning',
    }));
}

const hasText = ({ sql }: { readonly sql: string }): boolean => sql.trim() !== '';

function outOfOrder(is: Unit): Proof {
  const { late } = conductOf(is.framework);
  const then = {
    applied: `${toolOf(is)} applies it late where they have run, and in another order on a new database.`,
    skipped: `${toolOf(is)} skips it for ever where they have run.`,
    refused: `${toolOf(is)} refuses to go on where they have run.`,
    unordered: '',
  }[late];
  const found = proof(
    'out-of-order-migration',
    is,
    `${is.id} is new and sorts before merged migrations: ${then} Give it a newer version.`,
  );
  return late === 'applied' ? { ...found, severity: 'warning' } : found;
}

function duplicate([is, other]: readonly [Unit, Unit]): Proof {
  const one = proof(
    'duplicate-version',
    is,
    `${is.file} and ${other.file} have the same version: only one of them can run.`,
  );
  if (is.framework !== 'plain-sql') return one;
  return { ...one, message: `${is.file} and ${other.file} have the same number.`, severity: 'warning' };
}

function grouped(all: readonly Proof[], rule: Proof['rule']): Proof[] {
  const [first] = all;
  if (!first || all.length <= MANY) return [...all];
  return [{ ...first, rule, message: `${first.message} The same goes for ${all.length - 1} more.` }];
}

/** A history of the base of which nothing is left, or which another tool reads now. */
export function lostHistory(
  base: History,
  isThere: (path: string) => boolean,
): { proofs: Proof[]; spots: BlindSpot[] } {
  const ups = unitsOf(base).filter(({ direction }) => direction === 'up');
  const kept = ups.find(({ file }) => isThere(file));
  if (!kept) return { proofs: deleted(base, ups), spots: [] };
  const because = `${placeOf(base)} was read as ${nameOfTool(base)}, and is no more: the change takes away what shows it, a lock file, a journal or a configuration.`;
  return { proofs: [], spots: [{ span: onLine(kept.file), because, kind: 'unread' }] };
}

/** Another tool reads, after the change, what one read before it. */
export function otherTool({ head, base, matches }: Compared): BlindSpot[] {
  if (!base || head.framework === base.framework) return [];
  const [first] = matches.filter(({ how }) => how !== 'same');
  const file = (first ?? matches[0])?.is.file;
  if (file === undefined) return [];
  const because = `${placeOf(base)} was read as ${nameOfTool(base)}, and is now read as ${nameOfTool(head)}: which of them runs these files is not known.`;
  return [{ span: onLine(file), because, kind: 'unread' }];
}

const nameOfTool = (history: History): string => (history.framework === 'plain-sql' ? 'plain SQL' : toolOf(history));

const placeOf = ({ root }: History): string => (root === '' ? 'The top folder' : root);

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
