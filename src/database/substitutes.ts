import type { Client } from './service.ts';

/** Extensions that reach the machine, or run code that Postgres does not confine. */
const REFUSED = ['adminpack', 'dblink', 'file_fdw', 'lo', 'plperlu', 'plpython3u', 'pltclu', 'postgres_fdw', 'xml2'];

/** Where the substitutes live; left out of every comparison. */
export const OWN_SCHEMA = 'migration_gate_stand_ins';

/**
 * The migration's role owns `public`, in which anybody may make things, as everywhere before Postgres 15: tables are given to
 * roles that migrations name. It may make extensions that are harmless in its own transaction. Of its own tables
 * it may turn off all triggers, which takes a superuser because those of foreign keys are among them (ALTER TABLE).
 */
export const preparation = (owner: string): string => `
    alter schema public owner to ${owner};
    grant create on schema public to public;
    create schema ${OWN_SCHEMA};
    grant usage on schema ${OWN_SCHEMA} to public;
    create function ${OWN_SCHEMA}.create_extension(name text, in_schema text) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if name = any (array[${REFUSED.map(name => `'${name}'`).join(', ')}]) or name like 'pl%u' then
        raise exception 'extension % is not allowed in tests', name using errcode = '0A000';
      end if;
      execute pg_catalog.format(
        'create extension if not exists %I schema %I cascade', name, coalesce(in_schema, 'public'));
    end $$;
    create function ${OWN_SCHEMA}.all_triggers(of_table regclass, verb text) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if verb not in ('enable', 'disable') or not exists (
        select 1 from pg_class where oid = of_table and pg_has_role(session_user, relowner, 'USAGE')) then
        raise exception 'must be owner of table %', of_table using errcode = '42501';
      end if;
      execute format('alter table %s %s trigger all', of_table, verb);
    end $$;`;

/** Gives a new database what migrations need there. */
export async function prepare(client: Client, owner: string): Promise<void> {
  await client.query(preparation(owner));
}
