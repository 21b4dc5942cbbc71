import { bare } from '../model/bare.ts';
import type { TestServer } from '../database/test-server.ts';
import { OWN_SCHEMA } from '../database/substitutes.ts';
import type { Client } from '../database/service.ts';
import type { Delivery, Node, Statement } from '../model/source.ts';
import { as, constant } from '../sql/nodes.ts';
import { attempt, leave, type Failure } from '../database/failure.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * What is sent in a statement's place. The role that runs migrations may make neither extensions nor roles (place.ts),
 * so extensions come from a function of ours, and roles are made before. Another turns off all triggers of a table.
 */
export async function substitute(statement: Statement, place: TestServer): Promise<Statement> {
  const { node } = statement;
  if (node === null) return statement;
  const extension = as(node, 'CreateExtensionStmt');
  if (extension?.extname !== undefined && !place.trusted.has(extension.extname)) {
    const option = (extension.options ?? []).map(item => as(item, 'DefElem')).find(item => item?.defname === 'schema');
    const schema = constant(option?.arg);
    const call = `${OWN_SCHEMA}.create_extension(${quoted(extension.extname)}, ${schema === null ? 'null' : quoted(schema)})`;
    return { ...statement, sql: `select ${call}` };
  }
  const triggers = allTriggers(node);
  if (triggers !== null) return { ...statement, sql: triggers };
  const role = as(node, 'CreateRoleStmt')?.role;
  if (role === undefined) return statement;
  await place.role(role);
  return { ...statement, sql: 'select 1' };
}

const VERBS: Readonly<Record<string, string>> = bare({ AT_EnableTrigAll: 'enable', AT_DisableTrigAll: 'disable' });
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `ALTER TABLE … DISABLE TRIGGER ALL` by itself. The table is looked up on the session's own search path. */
function allTriggers(node: Node): string | null {
  const { cmds = [], relation, missing_ok } = as(node, 'AlterTableStmt') ?? {};
  const verb = VERBS[as(cmds[0], 'AlterTableCmd')?.subtype ?? ''];
  if (cmds.length !== 1 || verb === undefined || missing_ok || relation?.relname === undefined || !relation.inh)
    return null;
  const { schemaname, relname } = relation;
  const table = [...(schemaname === undefined ? [] : [schemaname]), relname].map(identifier).join('.');
  return `select ${OWN_SCHEMA}.all_triggers(${quoted(table)}::pg_catalog.regclass, ${quoted(verb)})`;
}

/** Runs one statement. */
export const send = attempt;

/** Does the tool open a transaction around these statements? */
const wraps = (delivery: Delivery, statements: number): boolean =>
  delivery === 'whole-file' ||
  delivery === 'all-files' ||
  (statements > 1 && (delivery === 'one-message' || delivery === 'pipeline'));

/** Runs a file as its tool does, up to the first failure; what its transaction did is then rolled back. */
export async function deliver(
  client: Client,
  statements: readonly Statement[],
  { delivery, place }: { delivery: Delivery; place: TestServer },
): Promise<Failure | null> {
  const wrapped = wraps(delivery, statements.length);
  const sent = await Promise.all(statements.map(statement => substitute(statement, place)));
  if (wrapped) await client.query('begin');
  for (const { sql, span } of sent) {
    let failure = await send(client, sql);
    // A transaction is rolled back, and whoever sent it tries again; what stands alone would be there already.
    if (!wrapped && (await supplyRole(failure, place))) failure = await send(client, sql);
    if (failure === null) continue;
    await leave(client, failure);
    return { ...failure, line: span.line };
  }
  return wrapped ? await send(client, 'commit') : null;
}

/** A role that the migrations name and that the real server has: made without rights, once. */
export async function supplyRole(failure: Failure | null, place: TestServer): Promise<boolean> {
  const [, name] = failure?.sqlstate === '42704' ? (/^role "(.+)" does not exist$/.exec(failure.message) ?? []) : [];
  return name !== undefined && (await place.role(name));
}

/** Fails here and need not fail there: rights that the role lacks on purpose, software that this machine lacks. */
export const isEnvironmentLimitation = ({ sqlstate, message }: Failure): boolean =>
  sqlstate === '42501' ||
  sqlstate === '58P01' ||
  (sqlstate === '0A000' && message.includes('extension')) ||
  (sqlstate === '42704' && /^(access method|operator class|language) /.test(message));
