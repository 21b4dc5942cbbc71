import { Embedded, TRUSTED } from './embedded.ts';
import { connectThrough, type Client } from './service.ts';
import { randomName } from './lease.ts';
import { RESERVED, type TestServer } from './test-server.ts';
import { OWN_SCHEMA, prepare } from './substitutes.ts';

const SUPERUSER = 'postgres';
const OWNER = 'migration_gate';
/** Of PGlite 0.5. */
export const EMBEDDED_MAJOR = 18;

/** A role without rights, made from within a session, since there is no other. */
const ROLE_MAKER = `
  create function ${OWN_SCHEMA}.role(name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I', name);
      execute format('grant %I to ${OWNER}', name);
    end if;
  end $$`;

async function establish(client: Client): Promise<void> {
  await client.query(
    `create role ${OWNER} login; grant pg_monitor to ${OWNER}; alter database postgres owner to ${OWNER}`,
  );
  await prepare(client, OWNER);
  await client.query(ROLE_MAKER);
}

/**
 * A place in the bundle itself. Each database is a server of its own with one session at a time: what it takes a second one
 * to see is not measured. The session is a superuser's who has become the owner, and may become it again (SET SESSION
 * AUTHORIZATION): what confines it is the process (embedded.ts).
 */
export function embeddedTestServer(): TestServer {
  const server = new Embedded();
  const roles = new Set<string>();
  const sessions = new Map<string, Client>();
  const makeRole = (client: Client, name: string): Promise<unknown> =>
    client.query(`select ${OWN_SCHEMA}.role($1)`, [name]);

  /** The backend is one and the same: what the last session left goes first. */
  const open = async (name: string): Promise<Client> => {
    if (sessions.has(name)) throw new Error('the embedded Postgres supports one session at a time');
    const wire = server.wire(name);
    wire.once('close', () => sessions.delete(name));
    const client = await connectThrough(wire, SUPERUSER);
    sessions.set(name, client);
    await client.query('rollback');
    await client.query(`set session authorization ${SUPERUSER}`);
    await client.query('discard all');
    return client;
  };

  const asSuperuser = async (name: string, work: (client: Client) => Promise<unknown>): Promise<void> => {
    const client = await open(name);
    try {
      await work(client);
    } finally {
      await client.end();
    }
  };

  return {
    major: EMBEDDED_MAJOR,
    embedded: true,
    trusted: new Set(TRUSTED),
    create: async copyOf => {
      const name = randomName();
      // What is copied are files: with all that was committed, and no transaction left open.
      if (copyOf) await asSuperuser(copyOf.name, client => client.query('checkpoint'));
      await server.create(name, copyOf?.name);
      if (!copyOf) await asSuperuser(name, establish);
      return {
        name,
        address: null,
        open: async () => {
          const client = await open(name);
          for (const role of roles) await makeRole(client, role);
          await client.query(`set session authorization ${OWNER}`);
          return client;
        },
        drop: () => Promise.resolve(server.drop(name)),
      };
    },
    role: async name => {
      if (roles.has(name) || RESERVED.test(name)) return false;
      roles.add(name);
      for (const client of sessions.values()) await makeRole(client, name);
      return true;
    },
    template: () => null,
    keep: () => Promise.resolve(),
    close: () => server.stop(),
  };
}
