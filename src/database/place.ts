import { randomBytes } from 'node:crypto';
import type { Client } from './service.ts';
import { connect } from './service.ts';
import { prepare } from './stand-ins.ts';

/** A server on which databases may be made and dropped. */
export interface Place {
  readonly major: number;
  /** One session at a time, in WebAssembly: what it takes a second one to see is not measured, and times say nothing. */
  readonly embedded: boolean;
  /** Extensions that the owner of a database may make by himself (manual, CREATE EXTENSION). */
  readonly trusted: ReadonlySet<string>;
  /** A new database: empty, or a copy of another one that has no connections. */
  create(copyOf?: Scratch): Promise<Scratch>;
  /** Makes what migrations may name and a migration's role may not make: a role without rights. False when it is there. */
  role(name: string): Promise<boolean>;
  /** Leaves nothing of ours behind. */
  close(): Promise<void>;
}

/** A database of our own. */
export interface Scratch {
  readonly name: string;
  /** With the password of the role that owns it; null where no other program can connect. */
  readonly address: string | null;
  open(): Promise<Client>;
  drop(): Promise<void>;
}

/** A name that nobody else has chosen. */
export const ours = (): string => `migration_gate_${randomBytes(6).toString('hex')}`;
/** Names that no role may have. */
export const RESERVED = /^(public|none|pg_.*)$/;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The same server, another database, and another user where one is given. */
function address(url: string, database: string, user?: { name: string; password: string }): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  if (user) [parsed.username, parsed.password] = [user.name, user.password];
  return parsed.href;
}

async function prepareAt(url: string, owner: string): Promise<void> {
  const client = await connect(url);
  try {
    await prepare(client, owner);
  } finally {
    await client.end();
  }
}

/**
 * A place on the server at `url`, whose user is a superuser.
 *
 * Migrations run as a role that owns its database and nothing else: a superuser could run programs of the machine
 * (COPY … TO PROGRAM), and CREATEROLE could grant itself that before Postgres 16 (manual, 22.5).
 */
export async function placeAt(url: string, stop: () => Promise<void>): Promise<Place> {
  const admin = await connect(url);
  const owner = { name: ours(), password: randomBytes(18).toString('hex') };
  const left: string[] = [owner.name];
  const databases = new Set<string>();
  try {
    await admin.query(`create role ${owner.name} login password '${owner.password}'`);
    await admin.query(`grant pg_monitor to ${owner.name}`);
    const { rows } = await admin.query<{ name: string }>(
      'select name from pg_catalog.pg_available_extension_versions where trusted',
    );
    const version = await admin.query<{ major: number }>(
      "select pg_catalog.current_setting('server_version_num')::int / 10000 as major",
    );
    const drop = async (name: string): Promise<void> => {
      await admin.query(`drop database if exists ${name} with (force)`);
      databases.delete(name);
    };
    return {
      major: version.rows[0]?.major ?? 0,
      embedded: false,
      trusted: new Set(rows.map(({ name }) => name)),
      create: async copyOf => {
        const name = ours();
        databases.add(name);
        await admin.query(`create database ${name} owner ${owner.name}${copyOf ? ` template ${copyOf.name}` : ''}`);
        if (!copyOf) await prepareAt(address(url, name), owner.name);
        const own = address(url, name, owner);
        return { name, address: own, open: () => connect(own), drop: () => drop(name) };
      },
      role: async name => {
        const { rows: known } = await admin.query('select 1 from pg_catalog.pg_roles where rolname = $1', [name]);
        if (known.length > 0 || RESERVED.test(name)) return false;
        await admin.query(`create role ${quoted(name)}`);
        left.push(quoted(name));
        await admin.query(`grant ${quoted(name)} to ${owner.name}`);
        return true;
      },
      close: async () => {
        try {
          for (const name of databases) await drop(name);
          for (const name of left.reverse()) await admin.query(`drop role if exists ${name}`);
        } finally {
          await admin.end();
          await stop();
        }
      },
    };
  } catch (error) {
    await admin.end();
    await stop();
    throw error;
  }
}
