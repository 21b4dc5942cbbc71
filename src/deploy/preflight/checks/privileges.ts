import type { Change } from '../../../model/effect.ts';
import { keyOf } from '../../../model/schema.ts';
import type { Step } from '../../../model/step.ts';
import { block, pass, unknown, unreadPart, type Inspection, type PreflightSpec } from '../check.ts';
import { placeOf, quotedName } from '../words.ts';

/** What needs no ownership of the table that it names: privileges of rows, or of a table that refers to it. */
const NOT_OF_OWNERS: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'change-rows',
  'read-rows',
  'fire-triggers',
  'lock-relation',
  'truncate',
  'create-table',
  'create-view',
  'create-sequence',
  'create-trigger',
  'note-relation',
  'analyze',
  'vacuum',
  'reset-sequence',
  'grant',
]);

const CREATES: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'create-table',
  'create-view',
  'create-sequence',
]);

interface Need {
  readonly isMet: boolean;
  readonly text: string;
}

export default {
  id: 'privileges',
  // A role that may only read is enough for everything else.
  ifUnknown: 'warn',
  run: at => {
    const { facts, steps, roleIsKnown } = at;
    const { server, tables, schemas } = facts;
    if (server.role === null)
      return block('The role of migration-role does not exist on the server.', {
        hint: 'Correct migration-role, or create the role.',
      });
    const unread = unreadPart(tables, 'Owners of tables') ?? unreadPart(schemas, 'Privileges of schemas');
    if (unread) return unread;
    const needs = steps.flatMap(step => needsOf(step, at));
    if (needs.length === 0) return pass('No pending statement needs the rights of an owner.');
    if (!roleIsKnown)
      return unknown(
        `Role ${server.session} cannot write the history table, so it is not the role that runs the migrations.`,
        { hint: 'Name the role that runs them: --migration-role NAME.' },
      );
    if (server.super) return pass(`Role ${server.role} is a superuser.`);
    const missing = [...new Set(needs.flatMap(({ isMet, text }) => (isMet ? [] : [text])))];
    if (missing.length === 0) return pass(`Role ${server.role} has the rights that pending statements need.`);
    return block(`Role ${server.role} lacks rights that pending statements need.`, {
      objects: missing,
      hint: 'Run the migrations as the owner, or grant the role membership in the owner.',
    });
  },
} satisfies PreflightSpec;

function needsOf(step: Step, { facts, pending }: Inspection): Need[] {
  const { server, tables, schemas } = facts;
  const role = server.role ?? '';
  const need = (isMet: boolean, text: string): Need => ({ isMet, text: `${placeOf(step)}: ${text}` });
  return step.changes.flatMap(change => {
    if (change.kind === 'create-schema' && !pending.base.schemas.has(change.schema))
      return [need(server.createsSchemas, `${role} may not create schemas in the database`)];
    if (!('relation' in change)) return [];
    const { relation } = change;
    if (CREATES.has(change.kind)) {
      const schema = schemas.rows.find(({ name }) => name === relation.schema);
      return schema === undefined
        ? []
        : [need(schema.creates, `${role} may not create objects in schema ${schema.name}`)];
    }
    if (NOT_OF_OWNERS.has(change.kind)) return [];
    // An index is that of its table.
    const key = pending.base.indexes.get(keyOf(relation)) ?? keyOf(relation);
    const table = tables.rows.find(one => keyOf(one) === key);
    if (table === undefined) return [];
    return [need(table.owned, `${quotedName(table)} belongs to ${table.owner}, not to ${role}`)];
  });
}
