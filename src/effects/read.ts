import type { Change } from '../model/effect.ts';
import type { Statement } from '../model/source.ts';
import { tagOf, type Body, type Tag } from '../sql/nodes.ts';
import { alterTable } from './read/alter-table.ts';
import { conversions } from './read/conversions.ts';
import { atEvents } from './read/event-triggers.ts';
import { indexes } from './read/indexes.ts';
import { objects } from './read/objects.ts';
import { programs } from './read/programs.ts';
import { rows } from './read/rows.ts';
import { sequences } from './read/sequences.ts';
import { server } from './read/server.ts';
import { session } from './read/session.ts';
import { fresh, withImplicitExecution } from './read/implicit-execution.ts';
import { tables } from './read/tables.ts';
import { tooWide } from './read/too-wide.ts';
import { types } from './read/types.ts';
import { unknownFunctions } from './read/unknown-functions.ts';
import type { Readers, Reading, Situation } from './reader.ts';

const READERS: Readers = {
  ...tables,
  ...alterTable,
  ...indexes,
  ...objects,
  ...rows,
  ...programs,
  ...types,
  ...sequences,
  ...server,
  ...session,
};

/** The tree's changes, in the order in which Postgres makes them. What is not known is opaque, never nothing. */
export function read(statement: Pick<Statement, 'node' | 'error'>, situation: Situation): readonly Change[] {
  const at: Reading = { ...situation, read };
  const { node } = statement;
  if (node === null)
    return [{ kind: 'opaque', because: statement.error ?? 'the statement does not parse', dynamic: false }];
  const wide = tooWide(node);
  if (wide) return [wide];
  const tag = tagOf(node);
  const reader = READERS[tag] as ((body: Body<Tag>, at: Reading) => readonly Change[]) | undefined;
  if (!reader) return [{ kind: 'opaque', because: `${tag} is not supported`, dynamic: false }];
  const body = node[tag] as Body<Tag>;
  const own = reader(body, at);
  const changes = withImplicitExecution(
    isLenient(tag, body) ? own.map(change => ({ ...change, lenient: true })) : own,
    at,
  );
  const additional = [...unknownFunctions(tag, body, at), ...conversions(tag, at), ...atEvents(tag, body, changes, at)];
  return additional.length > 0 ? [...changes, ...fresh(additional, changes)] : changes;
}

/** IF EXISTS of ALTER is about the relation, not about what is altered of it. */
const OF_RELATION: ReadonlySet<Tag> = new Set<Tag>([
  'AlterTableStmt',
  'RenameStmt',
  'AlterObjectSchemaStmt',
  'AlterSeqStmt',
]);
const LENIENT = ['missing_ok', 'if_not_exists', 'replace', 'skipIfNewValExists'] as const;
const isLenient = (tag: Tag, body: object): boolean =>
  !OF_RELATION.has(tag) && LENIENT.some(word => word in body && body[word as never] === true);
