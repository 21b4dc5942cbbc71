import type { Change, ChangeOf, Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type RelationKind, type Table, type TypeRef } from '../../model/schema.ts';
import { all, as, dotted, strings, typeRef, type Pg, type Tree } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { creationSchema, locate, resolve, resolveIndex, resolveName, resolveType } from '../../catalog/resolve.ts';
import { dropPublication, renamePublication } from './replication.ts';
import { isBuiltin } from '../volatility.ts';

/** Statements that name an object by its type: DROP, RENAME, SET SCHEMA, OWNER TO. */

interface Name {
  readonly schema: string | null;
  readonly name: string;
}
type Types<T> = Readonly<Partial<Record<Pg.ObjectType, T>>>;

const RELATIONS: Types<RelationKind> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'foreign-table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized-view',
  OBJECT_SEQUENCE: 'sequence',
};

/** Objects that live on a table and are named `table.object`: which it has, and what drops one. */
interface OnTable {
  readonly names: (table: Table) => readonly string[];
  readonly drop: (relation: Relation, name: string, cascade: boolean) => Change;
}
const ON_TABLE: Types<OnTable> = {
  OBJECT_TRIGGER: {
    names: ({ triggers }) => triggers.map(({ name }) => name),
    drop: (relation, trigger, cascade) => ({ kind: 'drop-trigger', relation, trigger, cascade }),
  },
  OBJECT_POLICY: {
    names: ({ policies }) => policies.map(({ name }) => name),
    drop: (relation, policy) => ({ kind: 'drop-policy', relation, policy }),
  },
  OBJECT_RULE: {
    names: ({ rules }) => rules,
    drop: (relation, rule) => ({ kind: 'drop-rule', relation, rule }),
  },
};
const TYPES = new Set<Pg.ObjectType>(['OBJECT_TYPE', 'OBJECT_DOMAIN']);
const ROUTINES = new Set<Pg.ObjectType>(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE', 'OBJECT_AGGREGATE']);

/** No relation depends on them in a way that a lock or the schema shows. */
const inert = (statement: string): Change => ({ kind: 'inert', statement, alone: false });

const typeKey = (name: Name, catalog: Catalog): string =>
  keyOf(resolveType({ schema: name.schema ?? '', name: name.name, mods: [], array: false }, catalog));
/** One that the migrations have not made may be the server's. */
export function routineKey({ schema, name }: Name, catalog: Catalog): string {
  const resolved = locate({ schema, name }, catalog, key => catalog.routines.has(key)) ?? schema;
  return keyOf({ schema: resolved ?? (isBuiltin(name) ? 'pg_catalog' : creationSchema(catalog)), name });
}

/** The types by which one of several functions is named; null where they are not written. */
export function signature(object: Tree, catalog: Catalog): readonly TypeRef[] | null {
  const routine = as(object, 'ObjectWithArgs');
  if (!routine || routine.args_unspecified) return null;
  return all(routine.objargs, 'TypeName').map(type => resolveType(typeRef(type), catalog));
}

/** Whole history and not there: IF EXISTS then finds nothing and locks nothing. */
const absent = (relation: Relation, { catalog }: Reading): boolean =>
  catalog.partial.length === 0 &&
  !catalog.relations.has(keyOf(relation)) &&
  (relation.kind !== 'table' || catalog.dropped?.has(keyOf(relation)) !== false);

/** IF EXISTS, in a history with gaps. */
export const IF_EXISTS = 'IF EXISTS may find nothing';
export const ifExists = (change: Change): Change => ({ ...change, condition: IF_EXISTS });

const relationKey = (object: Tree, { catalog }: Reading): Key => keyOf(resolveName(dotted(object), catalog));

const isKind = (kind: RelationKind, called: RelationKind): boolean =>
  kind === called || (kind === 'partitioned-table' && called === 'table');

function drop(s: Pg.DropStmt, object: Tree, at: Reading): readonly Change[] {
  const { catalog } = at;
  const type = s.removeType ?? 'OBJECT_TABLE';
  const cascade = s.behavior === 'DROP_CASCADE';
  const name = dotted(object);
  const kind = RELATIONS[type];
  if (kind) {
    const relation = resolveName(name, catalog, kind);
    const droppedToo = (s.objects ?? []).length > 1 ? (s.objects ?? []).map(other => relationKey(other, at)) : [];
    const change: Change = {
      kind: 'drop-relation',
      relation,
      cascade,
      ...(isKind(relation.kind, kind) ? {} : { called: kind }),
      ...(droppedToo.length > 0 ? { beside: droppedToo } : {}),
    };
    if (!s.missing_ok || catalog.relations.has(keyOf(relation))) return [change];
    return absent(relation, at) ? [] : [ifExists(change)];
  }
  if (type === 'OBJECT_INDEX') {
    const table = resolveIndex(name, catalog);
    const relation = table ?? resolveName(name, catalog, 'index');
    const concurrently = s.concurrent ?? false;
    const change: Change = { kind: 'drop-index', relation, index: name.name, concurrently, cascade };
    if (table || !s.missing_ok) return [change];
    return catalog.partial.length === 0 ? [] : [ifExists(change)];
  }
  const onTable = ON_TABLE[type];
  if (onTable) return dropOnTable(onTable, strings(as(object, 'List')?.items), s, at);
  if (TYPES.has(type)) {
    const key = typeKey(name, catalog);
    return s.missing_ok && catalog.partial.length === 0 && !catalog.types.has(key)
      ? []
      : [{ kind: 'drop-type', key, cascade }];
  }
  if (ROUTINES.has(type))
    return [{ kind: 'drop-routine', key: routineKey(name, catalog), arguments: signature(object, catalog), cascade }];
  if (type === 'OBJECT_SCHEMA') return [{ kind: 'drop-schema', schema: name.name, cascade }];
  if (type === 'OBJECT_EXTENSION') return [{ kind: 'drop-extension', extension: name.name, cascade }];
  if (type === 'OBJECT_STATISTIC_EXT') return dropStatistics(name, catalog);
  if (type === 'OBJECT_PUBLICATION') return dropPublication(name.name);
  const what = `DROP ${type.replace('OBJECT_', '').replaceAll('_', ' ')}`;
  if (type === 'OBJECT_EVENT_TRIGGER' && catalog.eventTriggers.has(name.name))
    return [inert(what), { kind: 'set-event-trigger', name: name.name, trigger: null }];
  return cascade
    ? [{ kind: 'opaque', because: `${what} … CASCADE drops dependent objects, which are not analyzed`, dynamic: false }]
    : [inert(what)];
}

function dropOnTable({ names, drop }: OnTable, parts: readonly string[], s: Pg.DropStmt, at: Reading): Change[] {
  const { catalog } = at;
  const relation = resolveName({ schema: parts.at(-3) ?? null, name: parts.at(-2) ?? '' }, catalog);
  const own = parts.at(-1) ?? '';
  const table = catalog.relations.get(keyOf(relation));
  const change = drop(relation, own, s.behavior === 'DROP_CASCADE');
  if (!s.missing_ok || (table && names(table).includes(own))) return [change];
  return catalog.partial.length === 0 && table?.complete !== false ? [] : [ifExists(change)];
}

/** DROP STATISTICS takes SHARE UPDATE EXCLUSIVE on the table (measured 12–18). */
function dropStatistics({ name }: Name, catalog: Catalog): Change[] {
  const table = catalog.relations
    .values()
    .find(candidate => candidate.statistics.some(statistics => statistics.name === name));
  if (!table) return [inert('DROP STATISTICS')];
  return [
    {
      kind: 'note-relation',
      relation: resolveName(table, catalog),
      what: 'statistics',
      mode: 'SHARE UPDATE EXCLUSIVE',
      name,
      dropped: true,
    },
  ];
}

function rename(s: Pg.RenameStmt, at: Reading): readonly Change[] {
  const { catalog } = at;
  const to = s.newname ?? '';
  const old = s.subname ?? '';
  const type = s.renameType ?? 'OBJECT_TABLE';
  const name: Name = { schema: s.relation?.schemaname ?? null, name: s.relation?.relname ?? '' };
  const index = s.relation ? resolveIndex(name, catalog) : null;
  // ALTER INDEX renames tables, too (RenameRelation, tablecmds.c).
  const isTable = index === null && catalog.relations.has(keyOf(resolveName(name, catalog)));
  if ((type === 'OBJECT_INDEX' && !isTable) || (index && RELATIONS[type])) {
    return [
      {
        kind: 'rename-index',
        relation: index ?? resolveName(name, catalog, 'index'),
        index: name.name,
        to,
        throughTable: type !== 'OBJECT_INDEX',
      },
    ];
  }
  if (type === 'OBJECT_PUBLICATION') return renamePublication(s.object ? dotted(s.object).name : '', to);
  const kind = type === 'OBJECT_INDEX' ? 'table' : RELATIONS[type];
  if (kind) {
    const relation = resolve(s.relation, catalog, kind);
    const change: Change = { kind: 'rename-relation', relation, to };
    if (!s.missing_ok || catalog.relations.has(keyOf(relation))) return [change];
    return absent(relation, at) ? [] : [ifExists(change)];
  }
  const relation = resolve(s.relation, catalog);
  switch (type) {
    case 'OBJECT_COLUMN':
      return [{ kind: 'rename-column', relation, column: old, to }];
    case 'OBJECT_TABCONSTRAINT':
      return [{ kind: 'rename-constraint', relation, constraint: old, to }];
    case 'OBJECT_TRIGGER':
      return [{ kind: 'rename-trigger', relation, trigger: old, to }];
    case 'OBJECT_POLICY':
      return [{ kind: 'alter-policy', relation, policy: { name: old, reads: [] }, to }];
    case 'OBJECT_RULE':
      return [{ kind: 'rename-rule', relation, rule: old, to }];
    case 'OBJECT_SCHEMA':
      return [{ kind: 'rename-schema', schema: old, to }];
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return [{ kind: 'rename-type', key: typeKey(dotted(s.object ?? { List: {} }), catalog), to }];
    case 'OBJECT_ATTRIBUTE':
      return [
        {
          kind: 'alter-composite',
          key: typeKey(name, catalog),
          what: 'rename',
          attribute: old,
          type: null,
          cascade: s.behavior === 'DROP_CASCADE',
        },
      ];
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return alterRoutine(s.object, { name: to }, catalog);
    case 'OBJECT_ROLE':
    case 'OBJECT_DATABASE':
      return [
        inert(`RENAME ${type}`),
        {
          kind: 'change-access',
          takes: true,
          what: `The ${type === 'OBJECT_ROLE' ? 'role' : 'database'} ${old} is renamed to ${to}`,
        },
      ];
    default:
      return [inert(`RENAME ${type}`)];
  }
}

function alterRoutine(object: Tree | undefined, to: ChangeOf<'alter-routine'>['to'], catalog: Catalog): Change[] {
  if (!object) return [];
  const key = routineKey(dotted(object), catalog);
  return [{ kind: 'alter-routine', key, arguments: signature(object, catalog), to }];
}

function move(s: Pg.AlterObjectSchemaStmt, at: Reading): readonly Change[] {
  const kind = RELATIONS[s.objectType ?? 'OBJECT_TABLE'];
  const schema_to = s.newschema ?? '';
  if (kind) {
    const relation = resolve(s.relation, at.catalog, kind);
    return s.missing_ok && absent(relation, at) ? [] : [{ kind: 'move-relation', relation, schema_to }];
  }
  if (s.object && TYPES.has(s.objectType ?? 'OBJECT_TABLE'))
    return [{ kind: 'move-type', key: typeKey(dotted(s.object), at.catalog), schema_to }];
  if (ROUTINES.has(s.objectType ?? 'OBJECT_TABLE')) return alterRoutine(s.object, { schema: schema_to }, at.catalog);
  return [inert(`ALTER ${s.objectType ?? ''} SET SCHEMA`)];
}

export const objects: Pick<Readers, 'DropStmt' | 'RenameStmt' | 'AlterObjectSchemaStmt' | 'AlterObjectDependsStmt'> = {
  DropStmt: (s, at) => (s.objects ?? []).flatMap(object => drop(s, object, at)),
  RenameStmt: rename,
  AlterObjectSchemaStmt: move,
  AlterObjectDependsStmt: () => [inert('ALTER DEPENDS ON EXTENSION')],
};
