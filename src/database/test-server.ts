import { createHash, randomBytes } from 'node:crypto';
import { releasing } from './guard.ts';
import { dropStale, madeFor, randomName } from './lease.ts';
import type { Server } from './local.ts';
import type { Client } from './service.ts';
import { connect } from './service.ts';
import { preparation, prepare } from './substitutes.ts';

/** A server on which databases may be made and dropped. */
export interface TestServer {
  readonly major: number;
  /** One session at a time, in WebAssembly: what it takes a second one to see is not measured, and times say nothing. */
  readonly embedded: boolean;
  /** Extensions that the owner of a database may make by himself (manual, CREATE EXTENSION). */
  readonly trusted: ReadonlySet<string>;
  /** A new database: empty, or a copy of another one that has no connections. */
  create(copyOf?: Pick<TestDatabase, 'name'>): Promise<TestDatabase>;
  /** Makes what migrations may name and a migration's role may not make: a role without rights. False when it is there. */
  role(name: string): Promise<boolean>;
  /** To copy: what an earlier run made of the same history, in the same way; null where it left nothing. */
  template(history: readonly string[]): Pick<TestDatabase, 'name'> | null;
  /** Leaves what was made of a history to later runs, where that was asked for. */
  keep(database: TestDatabase, history: readonly string[]): Promise<void>;
  /** Leaves nothing else of ours behind. */
  close(): Promise<void>;
}

/** A database of our own. */
export interface TestDatabase {
  readonly name: string;
  /** For other programs, with the password of the role that owns it; null where none can connect. */
  readonly address: string | null;
  open(): Promise<Client>;
  drop(): Promise<void>;
}

/** Names that no role may have. */
export const RESERVED = /^(public|none|pg_.*)$/;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface Owner {
  readonly name: string;
  readonly password: string;
}

/** The same server, another database, and another user where one is given. */
function address(url: string, database: string, user?: Owner): string {
  const parsed = new URL(url);
  parsed.pathname = `/${database}`;
  if (user) [parsed.username, parsed.password] = [user.name, user.password];
  return parsed.href;
}

type At = Pick<Server, 'url' | 'loopback' | 'stop' | 'keep'>;

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
 *
 * `lasting`: the server outlives this process. Then nothing of ours stays on it, even where a signal ends the process.
 */
export async function testServerAt({ url, loopback, stop, keep }: At, lasting = false): Promise<TestServer> {
  const admin = await connect(url);
  const owner = { name: keep ? KEPT_OWNER : randomName(), password: randomBytes(18).toString('hex') };
  const roles: string[] = [owner.name];
  const databases = new Set<string>();
  const released = lasting ? releasing(() => giveBack(url, databases, roles)) : () => undefined;
  try {
    if (lasting) await dropStale(admin);
    await makeOwner(admin, owner);
    const { rows } = await admin.query<{ name: string }>(
      'select name from pg_catalog.pg_available_extension_versions where trusted',
    );
    const version = await admin.query<{ major: number }>(
      "select pg_catalog.current_setting('server_version_num')::int / 10000 as major",
    );
    const bases = await keptBases(admin);
    const used = new Set<string>();
    const programs = (name: string): string | null =>
      lasting ? address(url, name, owner) : loopback && address(`postgres://${loopback}`, name, owner);
    let worthKeeping = false;
    const drop = async (name: string): Promise<void> => {
      await admin.query(`drop database if exists ${name} with (force)`);
      databases.delete(name);
    };
    return {
      major: version.rows[0]?.major ?? 0,
      embedded: false,
      trusted: new Set(rows.map(({ name }) => name)),
      create: async copyOf => {
        const name = randomName();
        databases.add(name);
        await admin.query(`create database ${name} owner ${owner.name}${copyOf ? ` template ${copyOf.name}` : ''}`);
        if (!copyOf) await prepareAt(address(url, name), owner.name);
        const own = address(url, name, owner);
        return { name, address: programs(name), open: () => connect(own), drop: () => drop(name) };
      },
      role: async name => {
        const { rows: existing } = await admin.query('select 1 from pg_catalog.pg_roles where rolname = $1', [name]);
        if (existing.length > 0 || RESERVED.test(name)) return false;
        roles.push(quoted(name));
        await admin.query(`create role ${quoted(name)}; comment on role ${quoted(name)} is '${madeFor(owner.name)}'`);
        await admin.query(`grant ${quoted(name)} to ${owner.name}`);
        return true;
      },
      template: history => {
        const name = baseName(history);
        if (!keep || !bases.includes(name)) return null;
        used.add(name);
        return { name };
      },
      keep: async (database, history) => {
        const name = baseName(history);
        if (!keep || bases.includes(name)) return;
        const old = bases.filter(base => !used.has(base));
        for (const base of old.slice(0, Math.max(0, bases.length - MOST_BASES + 1))) await drop(base);
        // Migrations run as the owner of other databases: they can neither connect to this one nor alter it.
        await admin.query(`create database ${name} owner ${SUPERUSER} template ${database.name}`);
        await admin.query(`revoke all on database ${name} from public`);
        worthKeeping = true;
      },
      close: async () => {
        try {
          for (const name of databases) await drop(name);
          if (!keep) for (const name of roles.reverse()) await admin.query(`drop role if exists ${name}`);
        } finally {
          released();
          await admin.end();
          await (keep && worthKeeping ? keep() : stop());
        }
      },
    };
  } catch (error) {
    released();
    await admin.end();
    await stop();
    throw error;
  }
}

/** Drops everything at once, from a session of its own: this process is being ended. */
async function giveBack(url: string, databases: ReadonlySet<string>, roles: readonly string[]): Promise<void> {
  const client = await connect(url);
  try {
    for (const name of databases) await client.query(`drop database if exists ${name} with (force)`);
    for (const name of [...roles].reverse()) await client.query(`drop role if exists ${name}`).catch(() => undefined);
  } finally {
    await client.end();
  }
}

/** Owns what is kept, and so has the same name in every run. */
const KEPT_OWNER = 'migration_gate_owner';
const SUPERUSER = 'postgres';
const BASE = 'migration_gate_base_';
/** About eight megabytes each. */
const MOST_BASES = 8;

/** The same history, prepared in the same way. */
const baseName = (history: readonly string[]): string =>
  `${BASE}${createHash('sha256')
    .update(JSON.stringify([preparation(KEPT_OWNER), ...history]))
    .digest('hex')
    .slice(0, 24)}`;

async function keptBases(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    'select datname as name from pg_catalog.pg_database where pg_catalog.starts_with(datname, $1)',
    [BASE],
  );
  return rows.map(({ name }) => name);
}

async function makeOwner(admin: Client, { name, password }: { name: string; password: string }): Promise<void> {
  const { rows } = await admin.query('select 1 from pg_catalog.pg_roles where rolname = $1', [name]);
  // What an earlier run's migrations set for the role is gone with RESET.
  if (rows.length > 0) await admin.query(`alter role ${name} reset all; alter role ${name} password '${password}'`);
  else await admin.query(`create role ${name} login password '${password}'; grant pg_monitor to ${name}`);
}
