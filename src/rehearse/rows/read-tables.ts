import type { Client } from '../../database/service.ts';

/** A column as the filler needs it: domains are followed to their base type. */
export interface Column {
  readonly name: string;
  readonly num: number;
  readonly nullable: boolean;
  /** With its modifier, as SQL writes it. */
  readonly type: string;
  /** pg_type.typname of the base type, of the element for arrays. */
  readonly base: string;
  readonly modifier: number;
  /** pg_type.typtype of the base type: b, c, d, e, m or r. */
  readonly kind: string;
  readonly array: boolean;
  readonly labels: number;
  /** The expression of a generated column. */
  readonly generated: string | null;
  /** CHECKs of its domains, over VALUE. */
  readonly domainChecks: readonly string[];
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
}

export interface FilledTable {
  readonly oid: string;
  /** Quoted and qualified. */
  readonly name: string;
  readonly partition: boolean;
  /** The table and all above it: a foreign key may point to any of them. */
  readonly ancestors: readonly string[];
  readonly forcedRls: boolean;
  readonly columns: readonly Column[];
  /** Conditions over the columns: CHECKs and the partition's bound. */
  readonly checks: readonly string[];
  /** Column names of unique keys, primary keys and exclusion constraints. */
  readonly uniques: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Enabled triggers of the user, by pg_trigger.tgenabled. */
  readonly triggers: readonly { readonly name: string; readonly mode: 'O' | 'R' | 'A' }[];
}

/** Every table that holds rows of its own, outside of the system's and of extensions' schemas. */
export async function readTables(client: Client): Promise<FilledTable[]> {
  const { rows } = await client.query<FilledTable>(TABLES);
  return rows;
}

// pg_catalog comes first, so that no name of the user's hides one that is used here.
const TABLES = `
select c.oid::text, pg_catalog.format('%I.%I', n.nspname, c.relname) as name, c.relispartition as partition,
  c.relforcerowsecurity as "forcedRls",
  (with recursive up(oid) as (select c.oid union select i.inhparent from up join pg_catalog.pg_inherits i on i.inhrelid = up.oid)
   select json_agg(up.oid::text) from up) as ancestors,
  coalesce((select json_agg(json_build_object(
      'name', a.attname, 'num', a.attnum, 'nullable', not (a.attnotnull or b.required),
      'type', pg_catalog.format_type(b.oid, b.modifier), 'base', coalesce(e.typname, t.typname), 'modifier', b.modifier,
      'kind', coalesce(e.typtype, t.typtype), 'array', e.oid is not null,
      'labels', (select count(*) from pg_catalog.pg_enum l where l.enumtypid = coalesce(e.oid, t.oid)),
      'generated', case when a.attgenerated <> '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end,
      'domainChecks', coalesce(b.checks, '{}')) order by a.attnum)
    from pg_catalog.pg_attribute a
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    cross join lateral (
      with recursive down(oid, modifier, depth) as (
        select a.atttypid, a.atttypmod, 0
        union all
        select p.typbasetype, case when down.modifier = -1 then p.typtypmod else down.modifier end, depth + 1
        from down join pg_catalog.pg_type p on p.oid = down.oid where p.typtype = 'd')
      select (array_agg(down.oid order by depth desc))[1] as oid, (array_agg(down.modifier order by depth desc))[1] as modifier,
        bool_or(p.typnotnull) as required,
        (select array_agg(pg_catalog.pg_get_expr(k.conbin, 0)) from pg_catalog.pg_constraint k
          where k.contype = 'c' and k.contypid = any (array_agg(down.oid))) as checks
      from down join pg_catalog.pg_type p on p.oid = down.oid) b
    join pg_catalog.pg_type t on t.oid = b.oid
    left join pg_catalog.pg_type e on e.oid = t.typelem and t.typlen = -1 and t.typcategory = 'A'
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns,
  coalesce((select json_agg(pg_catalog.pg_get_expr(k.conbin, k.conrelid)) from pg_catalog.pg_constraint k
    where k.conrelid = c.oid and k.contype = 'c'), '[]')::jsonb ||
  case when c.relispartition and pg_catalog.pg_get_partition_constraintdef(c.oid) is not null
    then jsonb_build_array(pg_catalog.pg_get_partition_constraintdef(c.oid)) else '[]'::jsonb end as checks,
  coalesce((select json_agg((select coalesce(json_agg(a.attname), '[]') from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and (a.attnum = any (i.indkey::int2[])
        or pg_catalog.pg_get_indexdef(i.indexrelid) ~ ('\\m' || regexp_replace(a.attname, '\\W', '.', 'g') || '\\M') and 0 = any (i.indkey::int2[]) and a.attnum > 0)))
    from pg_catalog.pg_index i where i.indrelid = c.oid and (i.indisunique or i.indisexclusion)), '[]') as uniques,
  coalesce((select json_agg(json_build_object('target', k.confrelid::text,
      'columns', (select json_agg(a.attname order by o) from unnest(k.conkey) with ordinality u(num, o)
        join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num),
      'targetColumns', (select json_agg(a.attname order by o) from unnest(k.confkey) with ordinality u(num, o)
        join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num)))
    from pg_catalog.pg_constraint k where k.conrelid = c.oid and k.contype = 'f'
      and not exists (select from pg_catalog.pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid)), '[]') as "foreignKeys",
  coalesce((select json_agg(json_build_object('name', g.tgname, 'mode', g.tgenabled))
    from pg_catalog.pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal and g.tgenabled <> 'D'), '[]') as triggers
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname`;
