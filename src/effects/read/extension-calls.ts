import type { Change, Relation } from '../../model/effect.ts';
import type { Column } from '../../model/schema.ts';
import { dottedName } from '../../sql/dotted-name.ts';
import { as, constant, qualified, type Body, type Tree } from '../../sql/nodes.ts';
import { resolveName } from '../../catalog/resolve.ts';
import { EXTENSION_CALLS } from '../data/extension-functions.ts';
import type { Reading } from '../reader.ts';

const unwrapped = (argument: Tree | undefined): Tree | undefined => as(argument, 'NamedArgExpr')?.arg ?? argument;

const argumentNamed = (args: readonly Tree[], name: string): Tree | undefined =>
  unwrapped(args.find(argument => as(argument, 'NamedArgExpr')?.name === name));

const text = (argument: Tree | undefined): string | null => {
  const value = unwrapped(argument);
  return constant(as(value, 'TypeCast')?.arg ?? value);
};

function relationNamed(written: string | null, at: Reading): Relation | null {
  const parts = written === null ? null : dottedName(written);
  return parts ? resolveName({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }, at.catalog) : null;
}

type Reader = (args: readonly Tree[], at: Reading) => Change[] | null;

/** Of PostGIS, with the schema before the table or not. */
const geometry = (args: readonly Tree[], parts: number, at: Reading): { relation: Relation; rest: string[] } | null => {
  const texts = args.map(text);
  const leading = texts.findIndex(value => value === null || /^-?\d+$/.test(value));
  const names = leading < 0 ? texts : texts.slice(0, leading);
  const [first, ...others] = names.slice(0, parts + (names.length > parts ? 1 : 0)).flatMap(name => name ?? []);
  if (first === undefined) return null;
  const isSchema = names.length > parts;
  const written = isSchema ? { schema: first, name: others[0] ?? '' } : { schema: null, name: first };
  return { relation: resolveName(written, at.catalog), rest: isSchema ? others.slice(1) : others };
};

const GEOMETRY: Column['type'] = { schema: 'public', name: 'geometry', mods: [], array: false };

const POSTGIS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'addgeometrycolumn',
    (args, at) => {
      const target = geometry(args, 2, at);
      const name = target?.rest[0];
      if (!target || name === undefined) return null;
      const column: Column = {
        name,
        type: GEOMETRY,
        notNull: false,
        default: null,
        generated: null,
        identity: null,
        collation: null,
      };
      return [{ kind: 'add-column', relation: target.relation, column, only: false }];
    },
  ],
  [
    'dropgeometrycolumn',
    (args, at) => {
      const target = geometry(args, 2, at);
      const column = target?.rest[0];
      return target && column !== undefined
        ? [{ kind: 'drop-column', relation: target.relation, column, cascade: false }]
        : null;
    },
  ],
  [
    'dropgeometrytable',
    (args, at) => {
      const target = geometry(args, 1, at);
      return target ? [{ kind: 'drop-relation', relation: target.relation, cascade: false }] : null;
    },
  ],
]);

/** What a function of an extension does to a table, as its manual says; null for all others. */
export function extensionCall({ funcname, args = [] }: Body<'FuncCall'>, at: Reading): Change[] | null {
  const { name } = qualified(funcname);
  const shaped = POSTGIS.get(name)?.(args, at);
  if (shaped) return shaped;
  const definition = EXTENSION_CALLS.get(name);
  if (!definition) return null;
  const relation = relationNamed(text(args[0]), at);
  if (!relation)
    return [
      {
        kind: 'opaque',
        because: `${name}() ${definition.does} of a table known only at run time`,
        dynamic: true,
        beside: true,
      },
    ];
  const { extension, does, mode, rewrites, loses, empty, migrates } = definition;
  const moved = migrates === undefined ? null : text(argumentNamed(args, migrates));
  const moves = migrates === undefined || moved === 'true' || moved === 't';
  return [
    ...(loses
      ? [{ kind: 'call-server' as const, name, harm: 'data' as const, does: `${does} of ${relation.name}` }]
      : []),
    {
      kind: 'call-extension',
      relation,
      name,
      extension,
      does: moves ? does : `makes it a hypertable, and fails if it has rows without ${migrates}`,
      mode,
      rewrites: rewrites && moves,
      empty: empty && !moves,
    },
  ];
}
