import { links } from '../../frameworks/alembic.ts';
import type { MigrationState } from '../../model/deploy-report.ts';
import type { FileMigration } from '../tool.ts';
import { effectOf, ofFile, type Compared, type Sides } from './found.ts';
import { missingState } from './names.ts';

interface Revision {
  readonly one: FileMigration;
  readonly after: readonly string[];
}

const textOf = ({ bytes }: FileMigration): string => new TextDecoder().decode(bytes);

/** `depends_on` leads to revisions of other branches, which must be applied too. */
function dependsOn(text: string): string[] {
  const written = /^depends_on\b[^=\n]*=\s*(\([^)]*\)|\[[^\]]*\]|[^\n]*)/m.exec(text)?.[1] ?? '';
  return [...written.matchAll(/['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
}

/** Alembic: the rows are the newest revisions, and every revision before them is applied. */
export function compareHeads(sides: Sides): Compared {
  const { files, entries, tool } = sides;
  // Of two files with one id, the first counts.
  const revisions = new Map(
    [...files].reverse().map(one => {
      const text = textOf(one);
      return [one.id, { one, after: [...(links(text)?.after ?? []), ...dependsOn(text)] } satisfies Revision] as const;
    }),
  );
  const applied = before(
    entries.map(({ key }) => key),
    revisions,
  );
  const followed = new Set([...revisions.values()].flatMap(({ one }) => links(textOf(one))?.after ?? []));
  const heads = files.filter(({ id }) => !followed.has(id));
  const broken = files.filter(({ id }) => revisions.get(id)?.after.some(name => !revisions.has(name)));
  const isSplit = heads.length > 1;
  const states = files.map((one): MigrationState => {
    if (broken.includes(one) && !applied.has(one.id))
      return ofFile(sides, one, ['pending', 'refuse'], {
        because: 'It follows a revision that has no file here; the tool refuses to run.',
      });
    if (applied.has(one.id))
      return ofFile(sides, one, ['applied', 'nothing'], {
        because: 'It is one of the recorded revisions, or comes before one.',
      });
    if (isSplit)
      return ofFile(sides, one, ['pending', 'refuse'], {
        because: `The revisions have ${heads.length} heads (${heads.map(({ id }) => id).join(', ')}); \`upgrade head\` fails: "${tool.reactions.late[1] ?? ''}".`,
      });
    return ofFile(sides, one, ['pending', 'apply'], {
      because: 'It follows the recorded revisions; the tool applies it.',
    });
  });
  const missing = entries.filter(({ key }) => !revisions.has(key));
  const lostOnes = missing.map(entry => ({
    ...missingState(sides, entry),
    because: `It is recorded as applied, and has no file here; ${effectOf(tool.reactions.missing)}.`,
  }));
  // Nothing of the graph before a revision without a file is known.
  const unsure =
    missing.length === 0 ? states : states.map(one => (one.state === 'applied' ? one : unknownBefore(one)));
  return { states: [...lostOnes, ...unsure], checksum: null, notes: [] };
}

const unknownBefore = (state: MigrationState): MigrationState => ({
  ...state,
  next: 'not reached',
  because:
    'A recorded revision has no file here, so whether this one is applied is unknown; the tool does not get to it.',
});

function before(from: readonly string[], revisions: ReadonlyMap<string, Revision>): ReadonlySet<string> {
  const ancestors = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (ancestors.has(id)) continue;
    ancestors.add(id);
    open.push(...(revisions.get(id)?.after ?? []));
  }
  return ancestors;
}
