import { bare } from '../../model/bare.ts';
import type { Change } from '../../model/effect.ts';
import type { EventTrigger } from '../../model/schema.ts';
import { as, type Body, type Tag } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { asSideEffect, hasEffect, NOTHING, readBody } from './bodies.ts';

/** Statements for which no event trigger fires (manual, 40.1): queries, sessions, and what all databases share. */
const QUIET: ReadonlySet<Tag> = new Set<Tag>([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'TruncateStmt',
  'CopyStmt',
  'ExplainStmt',
  'DoStmt',
  'CallStmt',
  'LockStmt',
  'TransactionStmt',
  'VariableSetStmt',
  'VariableShowStmt',
  'PrepareStmt',
  'ExecuteStmt',
  'DeallocateStmt',
  'DeclareCursorStmt',
  'FetchStmt',
  'ClosePortalStmt',
  'NotifyStmt',
  'ListenStmt',
  'UnlistenStmt',
  'CheckPointStmt',
  'LoadStmt',
  'DiscardStmt',
  'ConstraintsSetStmt',
  'VacuumStmt',
  'ClusterStmt',
  'CreateRoleStmt',
  'AlterRoleStmt',
  'AlterRoleSetStmt',
  'DropRoleStmt',
  'GrantRoleStmt',
  'CreatedbStmt',
  'AlterDatabaseStmt',
  'AlterDatabaseSetStmt',
  'DropdbStmt',
  'AlterSystemStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'CreateEventTrigStmt',
  'AlterEventTrigStmt',
]);

/** The first word of a command's tag; the rest of it where the node has one name alone. */
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^(Create|Define|View|Index|Rule|Composite)/, 'CREATE'],
  [/^(Alter|Rename)/, 'ALTER'],
  [/^Drop/, 'DROP'],
];
const OBJECTS: Readonly<Partial<Record<Tag, string>>> = {
  CreateStmt: 'CREATE TABLE',
  IndexStmt: 'CREATE INDEX',
  ViewStmt: 'CREATE VIEW',
  CreateSchemaStmt: 'CREATE SCHEMA',
  CreateTrigStmt: 'CREATE TRIGGER',
  CreateSeqStmt: 'CREATE SEQUENCE',
  CreateEnumStmt: 'CREATE TYPE',
  CreateDomainStmt: 'CREATE DOMAIN',
  CreateExtensionStmt: 'CREATE EXTENSION',
  CreatePolicyStmt: 'CREATE POLICY',
};

const TYPES: Readonly<Record<string, string>> = bare({ OBJECT_MATVIEW: 'MATERIALIZED VIEW' });
const typeOf = (type: string | undefined): string | null =>
  type === undefined ? null : (TYPES[type] ?? type.replace(/^OBJECT_/, '').replaceAll('_', ' '));

/** May the trigger's tags mean the statement? */
function isTagged(tag: Tag, body: object, { tags }: EventTrigger): boolean {
  if (tags.length === 0) return true;
  const exact = OBJECTS[tag];
  if (exact !== undefined) return tags.includes(exact);
  const verb = VERBS.find(([name]) => name.test(tag))?.[1];
  if (verb === undefined) return true;
  const { removeType, renameType, objtype } = body as Partial<Record<'removeType' | 'renameType' | 'objtype', string>>;
  const type = typeOf(removeType ?? (renameType === 'OBJECT_TABLE' ? renameType : undefined) ?? objtype);
  return type === null ? tags.some(name => name.startsWith(verb)) : tags.includes(`${verb} ${type}`);
}

/** Does the statement, of those that define something, raise the event? */
function raises(event: string, tag: Tag, changes: readonly Change[]): boolean {
  if (event === 'sql_drop') return tag === 'DropStmt' || changes.some(({ kind }) => kind.startsWith('drop-'));
  if (event === 'table_rewrite') return tag === 'AlterTableStmt' || tag === 'AlterTypeStmt';
  return event.startsWith('ddl_command');
}

/** Event triggers do not fire for their own kind. */
const isOfEventTrigger = (body: object): boolean => 'removeType' in body && body.removeType === 'OBJECT_EVENT_TRIGGER';

/** What the event triggers do that fire for a statement. */
export function atEvents(tag: Tag, body: Body<Tag>, changes: readonly Change[], at: Reading): Change[] {
  const { eventTriggers, routines } = at.catalog;
  if (eventTriggers.size === 0) return [];
  const intoTable = tag === 'SelectStmt' && as({ [tag]: body }, 'SelectStmt')?.intoClause !== undefined;
  if ((QUIET.has(tag) && !intoTable) || isOfEventTrigger(body)) return [];
  return eventTriggers
    .values()
    .filter(trigger => trigger.enabled && raises(trigger.event, tag, changes) && isTagged(tag, body, trigger))
    .flatMap(trigger => {
      const routine = routines.get(trigger.function)?.[0];
      const condition = `the event trigger ${trigger.name} decides what it does`;
      return routine
        ? readBody(routine, at, NOTHING, new Map([['tg_event', trigger.event]]))
            .filter(hasEffect)
            .map((change): Change => ({ condition, ...asSideEffect(change) }))
        : [];
    });
}
