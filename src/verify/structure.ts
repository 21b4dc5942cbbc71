import { OWN_SCHEMA } from '../database/substitutes.ts';
import type { Client } from '../database/service.ts';

/** A schema as `kind name` → definition. Left out: column order, comments, grants, what extensions brought. */
export type Structure = ReadonlyMap<string, string>;

const SCHEMAS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '${OWN_SCHEMA}')`;
const EXTENSION = (catalog: string, id: string): string =>
  `exists (select 1 from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${id} and d.deptype = 'e')`;

/** Names are complete because the search path is empty; to_jsonb reads columns that only newer versions have. */
const QUERY = `
with ns as (select oid, nspname from pg_namespace n where ${SCHEMAS}),
rel as (
  select c.*, format('%I.%I', n.nspname, c.relname) as q from pg_class c join ns n on n.oid = c.relnamespace
  where not ${EXTENSION('pg_class', 'c.oid')} and not exists (
    select 1 from pg_index i where i.indexrelid = c.oid and not exists (select 1 from pg_class t where t.oid = i.indrelid)))
select 'schema' as kind, nspname::text as name, '' as definition from ns
union all
select case relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
    when 'S' then 'sequence' when 'f' then 'foreign table' else 'type' end, q,
  concat_ws(' ', nullif(relkind::text, 'r'), nullif(relpersistence::text, 'p'),
    (select string_agg(o, ', ' order by o) from unnest(reloptions) o),
    case when relrowsecurity then 'row security' end, case when relforcerowsecurity then 'forced' end,
    pg_get_expr(relpartbound, oid), case when relkind = 'p' then pg_get_partkeydef(oid) end,
    (select 'of ' || string_agg(inhparent::regclass::text, ', ' order by inhseqno) from pg_inherits
      where inhrelid = rel.oid and relkind in ('r', 'p', 'f')),
    case when relkind in ('v', 'm') then pg_get_viewdef(oid) end,
    (select concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
      from pg_sequence where seqrelid = rel.oid))
  from rel where relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')
union all
select 'column', rel.q || '.' || quote_ident(attname), concat_ws(' ', format_type(atttypid, atttypmod),
    case when attnotnull then 'not null' end,
    (select 'default ' || pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum),
    nullif(attidentity::text, ''), nullif(attgenerated::text, ''),
    (select 'collate ' || collname from pg_collation c
      where c.oid = attcollation and c.oid <> (select typcollation from pg_type t where t.oid = atttypid)),
    attoptions::text)
  from rel join pg_attribute on attrelid = rel.oid and attnum > 0 and not attisdropped
  where relkind in ('r', 'p', 'f', 'c')
union all
select 'constraint', coalesce(conrelid::regclass::text, contypid::regtype::text) || '.' || quote_ident(conname),
  pg_get_constraintdef(k.oid) from pg_constraint k
  where contype not in ('t', 'n') and connamespace in (select oid from ns)
    and (conrelid = 0 and not ${EXTENSION('pg_type', 'contypid')} or conrelid in (select oid from rel))
union all
select 'index', rel.q, pg_get_indexdef(indexrelid) || case when indisvalid then '' else ' invalid' end
  from pg_index join rel on rel.oid = indexrelid
union all
select 'trigger', rel.q || '.' || quote_ident(tgname), pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
  from pg_trigger t join rel on rel.oid = tgrelid where not tgisinternal
union all
select 'rule', rel.q || '.' || quote_ident(rulename), pg_get_ruledef(r.oid)
  from pg_rewrite r join rel on rel.oid = ev_class where rulename <> '_RETURN'
union all
select 'policy', rel.q || '.' || quote_ident(polname), concat_ws(' ', polcmd, polpermissive,
    pg_get_expr(polqual, polrelid), 'check ' || pg_get_expr(polwithcheck, polrelid))
  from pg_policy join rel on rel.oid = polrelid
union all
select 'function', p.oid::regprocedure::text,
  case when prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end
  from pg_proc p where pronamespace in (select oid from ns) and not ${EXTENSION('pg_proc', 'p.oid')}
union all
select 'enum value', enumtypid::regtype || ' ' || quote_literal(enumlabel), ''
  from pg_enum join pg_type t on t.oid = enumtypid
  where typnamespace in (select oid from ns) and not ${EXTENSION('pg_type', 't.oid')}
union all
select 'type', t.oid::regtype::text, concat_ws(' ', typtype,
    case when typtype = 'd' then format_type(typbasetype, typtypmod) end,
    case when typnotnull then 'not null' end, typdefault)
  from pg_type t where typnamespace in (select oid from ns) and typtype in ('e', 'd', 'r')
    and not ${EXTENSION('pg_type', 't.oid')}
union all
select 'extension', extname::text, '' from pg_extension
union all
select 'statistics', quote_ident(nspname) || '.' || quote_ident(stxname), pg_get_statisticsobjdef(s.oid)
  from pg_statistic_ext s join ns on ns.oid = stxnamespace
union all
select 'publication', pubname::text, concat_ws(' ', puballtables, pubinsert, pubupdate, pubdelete) from pg_publication
union all
select 'event trigger', evtname::text, concat_ws(' ', evtevent, evtfoid::regproc, evtenabled) from pg_event_trigger`;

/** Reads the structure in the session's transaction, if it is in one; its search path is put back. */
export async function structureOf(client: Client): Promise<Structure> {
  const { rows: before } = await client.query<{ path: string }>(
    "select pg_catalog.current_setting('search_path') as path, pg_catalog.set_config('search_path', 'pg_catalog', false)",
  );
  const { rows } = await client.query<{ kind: string; name: string; definition: string }>(QUERY);
  await client.query("select pg_catalog.set_config('search_path', $1, false)", [before[0]?.path ?? '']);
  return new Map(rows.map(({ kind, name, definition }) => [`${kind} ${name}`, definition]));
}

/** What a structure lacks, has too much of, and has otherwise, in comparison with what it should be. */
export function differences(should: Structure, is: Structure): string[] {
  const missing = [...should.keys()].filter(key => !is.has(key)).map(key => `${key} is missing`);
  const extra = [...is.keys()].filter(key => !should.has(key)).map(key => `${key} is left over`);
  const other = [...should].flatMap(([key, definition]) => {
    const current = is.get(key);
    return current === undefined || current === definition ? [] : [`${key} was ${differenceOf(definition, current)}`];
  });
  return [...missing, ...extra, ...other].sort();
}

/** What a down migration leaves otherwise. That a constraint was validated it need not take back, and cannot. */
export const leftOver = (before: Structure, is: Structure): string[] =>
  differences(
    new Map([...before].map(([key, was]) => [key, was === `${is.get(key)} NOT VALID` ? (is.get(key) ?? was) : was])),
    is,
  );

const LONGEST = 80;
/** What of a long text is shown before the place where two differ. */
const LEAD = 20;

/** Two definitions from shortly before the place where they part. */
function differenceOf(was: string, is: string): string {
  const [a, b] = [flat(was), flat(is)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const from = Math.max(a.length, b.length) > LONGEST ? Math.max(0, same - LEAD) : 0;
  return `${short(a, from)} and is ${short(b, from)}`;
}

const flat = (definition: string): string => definition.replace(/\s+/g, ' ').trim();

function short(definition: string, from: number): string {
  const rest = definition.slice(from);
  if (definition === '') return 'plain';
  return `"${from > 0 ? '…' : ''}${rest.slice(0, LONGEST)}${rest.length > LONGEST ? '…' : ''}"`;
}
