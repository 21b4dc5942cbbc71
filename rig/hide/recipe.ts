import { AIMS } from './aims.ts';
import { CORES, FIXED_CORES, INNOCENTS, type Core } from './cores.ts';
import { FRAMES } from './frames.ts';
import { HISTORIES, lay, type Case } from './histories.ts';
import { LAYOUTS } from './layouts.ts';
import { Picks } from './picks.ts';
import { disguise } from './disguise.ts';
import { statement, type Work, type Wrapper } from './work.ts';
import { CALLS } from './wrappers/calls.ts';
import { EXECUTES, FLOW } from './wrappers/flow.ts';
import { ROUTINES } from './wrappers/routines.ts';
import { HOLDERS } from './wrappers/statements.ts';
import { TRIGGERS } from './wrappers/triggers.ts';

/** A choice with the seed of what it chooses further. */
interface Chosen {
  readonly id: string;
  readonly seed: number;
}

/** All that a case is made from. */
export interface Recipe {
  readonly layout: string;
  readonly core: string;
  readonly aim: Chosen;
  /** From the inside to the outside. */
  readonly chain: readonly Chosen[];
  readonly frames: readonly Chosen[];
  readonly history: Chosen;
  /** Of the file. */
  readonly name: string;
}

const GROUPS = [ROUTINES, FLOW, EXECUTES, TRIGGERS, CALLS, HOLDERS] as const;
export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(GROUPS.flat().map(wrapper => [wrapper.id, wrapper]));
const ALL_CORES = new Map([...CORES, ...FIXED_CORES, ...INNOCENTS].map(core => [core.id, core]));
const DEEPEST = 4;
/** A file's own name must not decide anything. */
const NAMES = [
  'change',
  'change',
  'change',
  'change',
  'move_to_clickhouse',
  'rollback',
  'down',
  'mysql_cleanup',
  'undo_x',
  'h2',
  'seed',
];
export const PLAIN: Pick<Recipe, 'aim' | 'history' | 'name' | 'layout'> = {
  aim: { id: 'plain', seed: 0 },
  history: { id: 'plain', seed: 0 },
  name: 'change',
  layout: 'golang-migrate',
};

const find = <T extends { readonly id: string }>(of: readonly T[], id: string): T => {
  const found = of.find(one => one.id === id);
  if (!found) throw new Error(`nothing is called ${id}`);
  return found;
};

const coreOf = (id: string): Core => find([...ALL_CORES.values()], id);

/** The work of a core in its chain; null where a wrapper does not take what it would get. */
function work(recipe: Pick<Recipe, 'core' | 'aim' | 'chain'>): Work | null {
  const core = coreOf(recipe.core);
  const aim = find(AIMS, recipe.aim.id).aim(new Picks(recipe.aim.seed, 'a'));
  let made: Work = { kind: core.kind, sql: core.sql(aim.name), before: [], after: [] };
  for (const [nth, { id, seed }] of recipe.chain.entries()) {
    const p = new Picks(seed, String.fromCharCode(98 + nth));
    if (id === 'disguise') {
      made = { ...made, sql: disguise(made.sql, p) };
      continue;
    }
    const wrapper = WRAPPERS.get(id);
    if (!wrapper?.takes.includes(made.kind)) return null;
    made = wrapper.wrap(made, p);
  }
  return { ...made, before: [...aim.before, ...made.before], after: [...made.after, ...aim.after] };
}

/** The files of a recipe; null where its parts do not fit. */
export function build(recipe: Recipe): Case | null {
  const made = work(recipe);
  if (!made) return null;
  const layout = find(LAYOUTS, recipe.layout);
  const framing = recipe.frames.map(({ id, seed }) => ({ frame: find(FRAMES, id), p: new Picks(seed, 'z') }));
  if (framing.some(({ frame }) => frame.only?.includes(layout.id) === false)) return null;
  const history = find(HISTORIES, recipe.history.id);
  if (history.only?.includes(layout.id) === false) return null;
  let all: readonly string[] = [...made.before, statement(made), ...made.after];
  for (const { frame, p } of framing) all = frame.statements?.(all, p) ?? all;
  const dress = (text: string): string => framing.reduce((t, { frame, p }) => frame.text?.(t, p) ?? t, text);
  return lay(layout, history, { all, name: recipe.name, dress, p: new Picks(recipe.history.seed, 'h') });
}

/** A random recipe. */
export function recipe(seed: number): Recipe {
  const p = new Picks(seed);
  const chosen = (id: string): Chosen => ({ id, seed: p.int(2 ** 31) });
  const core = p.rarely(5) ? p.one(FIXED_CORES) : p.one(CORES);
  const fixed = FIXED_CORES.includes(core);
  const aim =
    fixed || p.rarely(2) ? PLAIN.aim : chosen(p.one(AIMS.filter(({ sorts }) => sorts.includes(core.sort))).id);
  const chain: Chosen[] = [];
  const depth = p.int(DEEPEST + 1);
  if (!core.sql('x').includes("'") && !aim.id.startsWith('unicode') && p.rarely(5)) chain.push(chosen('disguise'));
  while (chain.length < depth) {
    const made = work({ core: core.id, aim, chain });
    const group = made ? p.one(GROUPS).filter(({ takes }) => takes.includes(made.kind)) : [];
    if (made?.kind === 'top' || !made) break;
    if (group.length > 0) chain.push(chosen(p.one(group).id));
  }
  const layout = p.one(LAYOUTS);
  const frames: Chosen[] = [];
  const fitting = FRAMES.filter(({ only }) => only?.includes(layout.id) ?? layout.id !== 'sqitch');
  while (frames.length < 2 && p.rarely(layout.id === 'sqitch' ? 1 : 3)) {
    const frame = p.one(fitting);
    if (frames.some(({ id }) => id === frame.id)) break;
    frames.push(chosen(frame.id));
  }
  const histories = HISTORIES.filter(({ only }) => only?.includes(layout.id) ?? true);
  const history = p.rarely(4) ? chosen(p.one(histories).id) : PLAIN.history;
  return { layout: layout.id, core: core.id, aim, chain, frames, history, name: p.rarely(4) ? p.one(NAMES) : 'change' };
}

/** The same wrappers around nobody's loss; null where there is no innocent of that kind. */
export function twin({ core, chain }: Recipe): Recipe | null {
  const innocent = INNOCENTS.find(({ kind }) => kind === coreOf(core).kind);
  return innocent
    ? { ...PLAIN, core: innocent.id, chain: chain.filter(({ id }) => id !== 'disguise'), frames: [] }
    : null;
}

/** What makes a case: the ids by which findings are grouped. */
export const parts = ({ layout, core, aim, chain, frames, history, name }: Recipe): string[] =>
  [
    layout === PLAIN.layout ? '' : `tool:${layout}`,
    `core:${core}`,
    aim.id === 'plain' ? '' : `aim:${aim.id}`,
    ...chain.map(({ id }) => id),
    ...frames.map(({ id }) => `frame:${id}`),
    history.id === 'plain' ? '' : `history:${history.id}`,
    name === 'change' ? '' : `name:${name}`,
  ].filter(part => part !== '');
