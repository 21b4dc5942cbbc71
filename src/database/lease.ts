import { randomBytes } from 'node:crypto';
import type { Client } from './service.ts';

/** No run takes so long, whoever began it. */
const LONGEST_MS = 3 * 60 * 60_000;
const PREFIX = 'migration_gate_';
/** Names of ours, as a regular expression of Postgres: prefix, the second in which they were made, and chance. */
export const RANDOM_NAME = `^${PREFIX}[0-9a-f]{20}$`;

/** A name that nobody else has chosen, and that tells its age. */
export function randomName(): string {
  const seconds = Math.trunc(Date.now() / 1000);
  return `${PREFIX}${seconds.toString(16).padStart(8, '0')}${randomBytes(6).toString('hex')}`;
}

const isOld = (name: string): boolean =>
  Date.now() - parseInt(name.slice(PREFIX.length, PREFIX.length + 8), 16) * 1000 > LONGEST_MS;

/** How a role that migrations name, and that was made for them, says whose it is. */
export const madeFor = (owner: string): string => `made for ${owner}`;

/**
 * Drops the databases and roles that killed runs left on the server: named by us, older than any run, and used by nobody.
 * What somebody needs none the less (a session that comes meanwhile, an object that a role owns) makes the drop fail.
 */
export async function dropStale(admin: Client): Promise<void> {
  const attempt = (sql: string): Promise<unknown> => admin.query(sql).catch(() => undefined);
  const databases = await admin.query<{ name: string }>(
    `select datname as name from pg_catalog.pg_database d where datname ~ $1
       and not exists (select from pg_catalog.pg_stat_activity a where a.datid = d.oid)`,
    [RANDOM_NAME],
  );
  for (const { name } of databases.rows) if (isOld(name)) await attempt(`drop database if exists ${name}`);
  const roles = await admin.query<{ role: string; owner: string }>(
    `select pg_catalog.quote_ident(r.rolname) as role, o.owner from pg_catalog.pg_roles r
       cross join lateral (select coalesce(
         pg_catalog.substring(pg_catalog.shobj_description(r.oid, 'pg_authid'), '^made for (.*)$'), r.rolname::text)) o(owner)
     where o.owner ~ $1 and not rolsuper
       and not exists (select from pg_catalog.pg_stat_activity a where a.usesysid = r.oid)
     order by r.rolname ~ $1`,
    [RANDOM_NAME],
  );
  for (const { role, owner } of roles.rows) if (isOld(owner)) await attempt(`drop role if exists ${role}`);
}
