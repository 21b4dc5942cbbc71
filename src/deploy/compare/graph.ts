import type { MigrationState } from '../../model/deploy-report.ts';
import type { Entry, FileMigration } from '../tool.ts';
import { effectOf, ofFile, type Compared, type Sides } from './found.ts';
import { Checked } from './checked.ts';
import { latest, missingState, twice } from './names.ts';
import { renames } from './renamed.ts';

interface Node {
  readonly one: FileMigration;
  readonly after: readonly string[];
  /** Squashed: it stands for these. */
  readonly replaces: readonly string[];
}

const PAIR = /\(\s*['"](\w+)['"]\s*,\s*['"](\w+)['"]\s*,?\s*\)/g;

/** `dependencies = [('shop', '0001_initial')]`; names of the framework's own, as `__first__`, say nothing of a file. */
function listed(text: string, name: 'dependencies' | 'replaces'): string[] {
  const body = new RegExp(`^\\s+${name}\\b[^=\\n]*=\\s*\\[([\\s\\S]*?)\\]`, 'm').exec(text)?.[1] ?? '';
  return [...body.matchAll(PAIR)].flatMap(([, app = '', migration = '']) =>
    migration.startsWith('__') ? [] : [`${app}.${migration}`],
  );
}

const appOf = (key: string): string => key.slice(0, key.indexOf('.'));

/** Django: each migration has a row; dependencies decide the order, and apps without files here are not looked at. */
export function compareGraph(sides: Sides): Compared {
  const { tool, files } = sides;
  const nodes = new Map(
    files.map(one => {
      const text = new TextDecoder().decode(one.bytes);
      return [tool.key(one), { one, after: listed(text, 'dependencies'), replaces: listed(text, 'replaces') }] as const;
    }),
  );
  const apps = new Set([...nodes.keys()].map(appOf));
  const entriesByKey = latest(sides.entries, tool);
  const applied = new Set(entriesByKey.keys());
  // A squashed migration counts as applied once all that it replaces are (MigrationLoader.build_graph).
  for (const [key, { replaces }] of nodes)
    if (replaces.length > 0 && replaces.every(name => applied.has(name))) applied.add(key);
  const replaced = new Set([...nodes.values()].flatMap(({ replaces }) => replaces));
  const heads = leaves(nodes, replaced);
  const missing = [...entriesByKey.values()].filter(
    ({ key }) => apps.has(appOf(key)) && !nodes.has(key) && !replaced.has(key),
  );
  const renamed = new Map(
    [...apps].flatMap(app => {
      const open = [...nodes].filter(([key]) => appOf(key) === app && !applied.has(key)).map(([, { one }]) => one);
      return [
        ...renames(
          open,
          missing.filter(({ key }) => appOf(key) === app),
          { checked: new Checked(sides), all: files },
        ),
      ];
    }),
  );
  const states = [...nodes].map(([key, node]) =>
    stateOf(sides, { key, node, entriesByKey, applied, nodes, apps, heads, renamed }),
  );
  return { states: [...missing.map(entry => missingState(sides, entry)), ...states], checksum: null, notes: [] };
}

/** The newest migrations of each app. */
function leaves(
  nodes: ReadonlyMap<string, Node>,
  replaced: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const leavesByApp = new Map<string, string[]>();
  const live = [...nodes].filter(([key]) => !replaced.has(key));
  const followed = new Set(live.flatMap(([key, { after }]) => after.filter(name => appOf(name) === appOf(key))));
  const stands = new Set(live.flatMap(([, { replaces }]) => replaces));
  for (const [key] of live)
    if (!followed.has(key) && !stands.has(key))
      leavesByApp.set(appOf(key), [...(leavesByApp.get(appOf(key)) ?? []), key]);
  return leavesByApp;
}

interface At {
  readonly key: string;
  readonly node: Node;
  readonly entriesByKey: ReadonlyMap<string, Entry>;
  readonly applied: ReadonlySet<string>;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly apps: ReadonlySet<string>;
  readonly heads: ReadonlyMap<string, readonly string[]>;
  readonly renamed: ReturnType<typeof renames>;
}

function stateOf(sides: Sides, { key, node, entriesByKey, applied, nodes, apps, heads, renamed }: At): MigrationState {
  const { one } = node;
  const at = entriesByKey.get(key)?.at ?? null;
  const lostDependency = node.after.find(name => apps.has(appOf(name)) && !nodes.has(name));
  if (lostDependency !== undefined)
    return ofFile(sides, one, [applied.has(key) ? 'applied' : 'pending', 'refuse', at], {
      because: `It depends on ${lostDependency}, which has no file here; the tool refuses to run: "NodeNotFoundError".`,
    });
  if (applied.has(key))
    return ofFile(sides, one, ['applied', 'nothing', at], { because: 'It is recorded as applied.' });
  const own = heads.get(appOf(key)) ?? [];
  if (own.length > 1)
    return ofFile(sides, one, ['pending', 'refuse'], {
      because: `${appOf(key)} has ${own.length} newest migrations (${own.join(', ')}); the tool refuses to run: "Conflicting migrations detected".`,
    });
  const later = [...nodes].find(([other, { after }]) => applied.has(other) && after.includes(key));
  if (later)
    return ofFile(sides, one, ['out of order', 'refuse'], {
      because: `${later[0]} depends on it and is already applied; ${effectOf(sides.tool.reactions.late)}.`,
    });
  const rename = renamed.get(one);
  if (rename) return twice(sides, one, rename);
  return ofFile(sides, one, ['pending', 'apply'], { because: 'It is not applied; the tool applies it.' });
}
