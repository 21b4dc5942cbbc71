import type { ChangedFile } from '../../src/model/source.ts';
import type { Layout, Sending } from './layouts.ts';
import type { Picks } from './picks.ts';
import { BASE } from './shop.ts';

export type Files = Readonly<Record<string, string>>;

/** A pull request, and what the tool sends for it. */
export interface Case {
  readonly base: Files;
  readonly head: Files;
  readonly changed: readonly ChangedFile[];
  /** What has run before the pull request, beyond the tables. */
  readonly ran: readonly string[];
  readonly sends: readonly Sending[];
  /** The head's files that hold what is sent. */
  readonly shown: readonly string[];
}

interface Change {
  /** Statements of the change. */
  readonly all: readonly string[];
  readonly name: string;
  /** Puts frames around the text of the file. */
  readonly dress: (text: string) => string;
  readonly p: Picks;
}

interface Laid {
  /** Migrations of the head that the tool sends, by path, and the statements of each. */
  readonly sent: Readonly<Record<string, readonly string[]>>;
  readonly gone?: readonly string[];
  readonly ran?: readonly string[];
  readonly moved?: Readonly<Record<string, string>>;
}

export interface HistoryKind {
  readonly id: string;
  readonly only?: readonly string[];
  readonly lay: (layout: Layout, change: Change) => Laid;
}

const path = (layout: Layout, nth: number): string => layout.path(nth + 1, nth === 0 ? 'tables' : 'rows');
const next = (layout: Layout, { name }: Change): string => layout.path(BASE.length + 2, name);
const OUT_OF_ORDER = [
  'prisma',
  'dbmate',
  'sqlx',
  'diesel',
  'goose',
  'tern',
  'sqitch',
  'drizzle',
  'plain-sql',
  'golang-migrate',
];
const REPEATS =
  /^CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|TYPE|DOMAIN|VIEW|SCHEMA|TRIGGER|RULE|OPERATOR|CAST|AGGREGATE|EVENT)/;

/** Where the change stands in the history. */
export const HISTORIES: readonly HistoryKind[] = [
  { id: 'plain', lay: (layout, change) => ({ sent: { [next(layout, change)]: change.all } }) },
  {
    // What is defined first is there already.
    id: 'defined-before',
    lay: (layout, change) => {
      const count = change.all.findIndex(sql => !REPEATS.test(sql));
      const ran = change.all.slice(0, count < 1 ? 0 : 1 + change.p.int(count));
      return { ran, sent: { [next(layout, change)]: change.all.slice(ran.length) } };
    },
  },
  {
    id: 'two-files',
    lay: (layout, change) => {
      const at = change.p.int(change.all.length);
      return {
        sent: {
          [layout.path(BASE.length + 2, 'first')]: ['SELECT 1', ...change.all.slice(0, at)],
          [layout.path(BASE.length + 3, change.name)]: change.all.slice(at),
        },
      };
    },
  },
  { id: 'edited', lay: (layout, change) => ({ sent: { [path(layout, 0)]: [...(BASE[0] ?? []), ...change.all] } }) },
  {
    id: 'edited-before',
    lay: (layout, change) => ({ sent: { [path(layout, 1)]: [...change.all, ...(BASE[1] ?? [])] } }),
  },
  {
    id: 'renamed',
    lay: (layout, change) => ({
      sent: { [next(layout, change)]: [...(BASE[0] ?? []), ...change.all] },
      gone: [path(layout, 0)],
      moved: { [next(layout, change)]: path(layout, 0) },
    }),
  },
  {
    id: 'added-again',
    lay: (layout, change) => ({
      sent: { [next(layout, change)]: [...(BASE[0] ?? []), ...change.all] },
      gone: [path(layout, 0)],
    }),
  },
  {
    id: 'squashed',
    lay: (layout, change) => ({
      sent: { [next(layout, change)]: [...BASE.flat(), ...change.all] },
      gone: BASE.map((_, nth) => path(layout, nth)),
    }),
  },
  {
    id: 'inserted',
    only: OUT_OF_ORDER,
    lay: (layout, change) => ({ sent: { [layout.path(0, change.name)]: change.all } }),
  },
  {
    id: 'copied',
    lay: (layout, change) => ({ sent: { [next(layout, change)]: [...(BASE[0] ?? []), ...change.all] } }),
  },
];

/** Writes the files of a change; null where the tool would refuse them. */
export const lay = (layout: Layout, history: HistoryKind, change: Change): Case | null =>
  write(layout, history.lay(layout, change), change.dress);

/** A pull request that adds one migration to a history that ends with another. */
export const pullRequest = (layout: Layout, sql: readonly string[], ran: readonly string[]): Case | null =>
  write(layout, { ran, sent: { [layout.path(BASE.length + 2, 'change')]: sql } }, text => text);

function write(
  layout: Layout,
  { sent, gone = [], ran = [], moved = {} }: Laid,
  dress: (text: string) => string,
): Case | null {
  const base: Record<string, string> = {};
  for (const [nth, statements] of BASE.entries()) base[path(layout, nth)] = layout.write(statements);
  if (ran.length > 0) base[layout.path(BASE.length + 1, 'more')] = layout.write(ran);
  const head: Record<string, string> = { ...base };
  for (const file of gone) Reflect.deleteProperty(head, file);
  const last = Object.keys(sent).at(-1);
  for (const [file, statements] of Object.entries(sent)) {
    const text = layout.write(statements);
    head[file] = file === last ? dress(text) : text;
  }
  const changed = Object.keys(sent).map((file): ChangedFile => {
    const previous = moved[file];
    if (previous !== undefined) return { path: file, status: 'renamed', previous };
    return { path: file, status: file in base ? 'modified' : 'added' };
  });
  const removed = gone.filter(file => !Object.values(moved).includes(file));
  const marks = { base: layout.marks(Object.keys(base)), head: layout.marks(Object.keys(head)) };
  const touched = Object.keys(marks.head).filter(file => marks.head[file] !== marks.base[file]);
  try {
    return {
      base: { ...base, ...marks.base },
      head: { ...head, ...marks.head },
      changed: [
        ...changed,
        ...removed.map((file): ChangedFile => ({ path: file, status: 'removed' })),
        ...touched.map((file): ChangedFile => ({ path: file, status: 'modified' })),
      ],
      ran,
      sends: Object.keys(sent).map(file => layout.send(head[file] ?? '')),
      shown: Object.keys(sent),
    };
  } catch {
    return null;
  }
}
