import type { Client } from '../../database/service.ts';

export type ResidueKind =
  'not-valid' | 'invalid-index' | 'disabled-trigger' | 'setting' | 'broken-view' | 'sequence-behind' | 'orphans';

/** What a database has that a migration should not leave behind, as sentences. */
export type Residue = ReadonlyMap<string, ResidueKind>;

/** Each yields one column, `message`. */
const QUERIES: Readonly<Partial<Record<ResidueKind, string>>> = {
  'not-valid': `select pg_catalog.format('constraint %I of %s is NOT VALID', conname, conrelid::regclass) as message
     from pg_catalog.pg_constraint where not convalidated and conrelid <> 0`,
  'invalid-index': `select pg_catalog.format('index %s of %s is invalid', indexrelid::regclass, indrelid::regclass) as message
     from pg_catalog.pg_index join pg_catalog.pg_class c on c.oid = indexrelid where not indisvalid and c.relkind = 'i'`,
  'disabled-trigger': `select pg_catalog.format('trigger %I of %s is disabled', tgname, tgrelid::regclass) as message
     from pg_catalog.pg_trigger where tgenabled = 'D'`,
  setting: `select pg_catalog.format('setting %s is changed for %s', s.setting,
       case when d.setrole = 0 then 'the database' else 'role ' || pg_catalog.pg_get_userbyid(d.setrole) end) as message
     from pg_catalog.pg_db_role_setting d cross join unnest(d.setconfig) s(setting)
    where d.setdatabase in (0, (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()))`,
};

const VIEWS = `
  select c.oid::regclass::text as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'v' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
const SEQUENCES = `
  select d.objid::regclass::text as sequence, d.refobjid::regclass::text as "table", pg_catalog.quote_ident(a.attname) as "column"
    from pg_catalog.pg_depend d join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
   where d.deptype in ('a', 'i') and a.atttypid in (20, 21, 23)`;
const ORPHANS = `
  select c.conname as name, c.conrelid::regclass::text as "table", c.confrelid::regclass::text as target,
    string_agg(pg_catalog.format('p.%I = t.%I', p.attname, a.attname), ' and ') as "on",
    string_agg(pg_catalog.format('t.%I is not null', a.attname), ' and ') as given
  from pg_catalog.pg_constraint c cross join unnest(c.conkey, c.confkey) u(own, theirs)
  join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = u.own
  join pg_catalog.pg_attribute p on p.attrelid = c.confrelid and p.attnum = u.theirs
  where c.contype = 'f' and not c.convalidated group by c.oid, c.conname, c.conrelid, c.confrelid`;

/** Looks for all of them. Not inside a transaction: a broken view would end it. */
export async function readResidue(client: Client): Promise<Residue> {
  const residue = new Map<string, ResidueKind>();
  for (const [kind, query] of Object.entries(QUERIES) as [ResidueKind, string][])
    for (const { message } of (await client.query<{ message: string }>(query)).rows) residue.set(message, kind);
  for (const { name } of (await client.query<{ name: string }>(VIEWS)).rows) {
    try {
      await client.query(`select * from ${name} limit 0`);
    } catch (error) {
      residue.set(`view ${name} is broken: ${error instanceof Error ? error.message : String(error)}`, 'broken-view');
    }
  }
  const sequences = await client.query<{ sequence: string; table: string; column: string }>(SEQUENCES);
  for (const { sequence, table, column } of sequences.rows) {
    const { rows } = await client.query<{ behind: boolean | null }>(
      `select (select max(${column}) from ${table}) >= last_value + is_called::int as behind from ${sequence}`,
    );
    if (rows[0]?.behind === true) residue.set(`sequence ${sequence} is behind ${table}.${column}`, 'sequence-behind');
  }
  const keys = await client.query<{ name: string; table: string; target: string; on: string; given: string }>(ORPHANS);
  for (const { name, table, target, on, given } of keys.rows) {
    const { rows } = await client.query(
      `select 1 from ${table} t where ${given} and not exists (select 1 from ${target} p where ${on}) limit 1`,
    );
    if (rows.length > 0) residue.set(`${table} has rows that violate foreign key ${name} to ${target}`, 'orphans');
  }
  return residue;
}

/** Only what came between. */
export const caused = (before: Residue, after: Residue): Residue =>
  new Map([...after].filter(([message]) => !before.has(message)));
