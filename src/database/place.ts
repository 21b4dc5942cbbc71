import { randomBytes } from 'node:crypto';
import { Expected } from '../errors.ts';
import { startLocal, type Server } from './local.ts';
import { connect, type Client } from './service.ts';

/** A server on which databases may be made and dropped. */
export interface Place {
  readonly major: number;
  /** A new database: empty, or a copy of another one that has no connections. */
  create(copyOf?: Scratch): Promise<Scratch>;
  /** Extensions that the owner of a database may make by himself (manual, CREATE EXTENSION). */
  readonly trusted: ReadonlySet<string>;
  /** Makes what migrations may name and a migration's role may not make: a role without rights. */
  role(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A database of our own. */
export interface Scratch {
  readonly name: string;
  open(): Promise<Client>;
  drop(): Promise<void>;
}

/**
 * The role that runs migrations: it owns its database and nothing else. A superuser could run programs of the machine
 * (COPY … TO PROGRAM), and CREATEROLE could grant itself that before Postgres 16 (manual, 22.5).
 */
const OWNER = 'migration_gate';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `local`: a throw-away cluster of this major version, or of the nearest that the machine has. */
export async function openPlace(database: string, major: number): Promise<Place> {
  if (database === 'local') return await localPlace(major);
  throw new Expected(`"${database}" is no database to prove migrations on.`, { hint: 'Say none or local.' });
}

async function localPlace(major: number): Promise<Place> {
  const server = await nearest(major);
  const admin = await connect(server.url);
  await admin.query(`create role ${OWNER} login`);
  await admin.query(`grant pg_monitor to ${OWNER}`);
  const roles = new Set<string>();
  const { rows } = await admin.query<{ name: string }>(
    'select name from pg_catalog.pg_available_extension_versions where trusted',
  );
  return {
    major: server.major,
    trusted: new Set(rows.map(({ name }) => name)),
    create: async copyOf => {
      const name = `migration_gate_${randomBytes(6).toString('hex')}`;
      await admin.query(
        copyOf
          ? `create database ${name} template ${copyOf.name} owner ${OWNER}`
          : `create database ${name} owner ${OWNER}`,
      );
      if (!copyOf) await prepare(server.database(name));
      return {
        name,
        open: () => connect(server.database(name).replace('//postgres@', `//${OWNER}@`)),
        drop: async () => {
          await admin.query(`drop database if exists ${name} with (force)`);
        },
      };
    },
    role: async name => {
      if (roles.has(name)) return;
      roles.add(name);
      await admin.query(`create role ${quoted(name)}`);
      await admin.query(`grant ${quoted(name)} to ${OWNER}`);
    },
    close: async () => {
      await admin.end();
      await server.stop();
    },
  };
}

async function nearest(major: number): Promise<Server> {
  const majors = [13, 14, 15, 16, 17, 18].sort((a, b) => Math.abs(a - major) - Math.abs(b - major));
  for (const candidate of majors) {
    try {
      return await startLocal({ major: candidate });
    } catch (error) {
      if (!(error instanceof Expected)) throw error;
    }
  }
  throw new Expected('This machine has no Postgres server to prove migrations on.', {
    hint: 'Debian, Ubuntu: apt-get install postgresql. GitHub’s Ubuntu runners have it.',
  });
}

/** Extensions that reach the machine, or run code that Postgres does not confine. */
const REFUSED = ['adminpack', 'dblink', 'file_fdw', 'lo', 'plperlu', 'plpython3u', 'pltclu', 'postgres_fdw', 'xml2'];

/** Where the stand-ins live; left out of every comparison. */
export const OWN_SCHEMA = 'migration_gate_stand_ins';

/** The migration's role owns `public` and may make the extensions that are harmless, in its own transaction. */
async function prepare(url: string): Promise<void> {
  const client = await connect(url);
  try {
    await client.query(`
      alter schema public owner to ${OWNER};
      create schema ${OWN_SCHEMA};
      grant usage on schema ${OWN_SCHEMA} to public;
      create function ${OWN_SCHEMA}.create_extension(name text, in_schema text) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        if name = any (array[${REFUSED.map(name => `'${name}'`).join(', ')}]) or name like '%u' and name like 'pl%' then
          raise exception 'the extension % is not made here', name using errcode = '0A000';
        end if;
        execute pg_catalog.format(
          'create extension if not exists %I schema %I cascade', name, coalesce(in_schema, 'public'));
      end $$;`);
  } finally {
    await client.end();
  }
}
