/** What `introspect` asks of pg_catalog; columns are named as the model names them. Runs on 13 to 18. */
const USERS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg\\_temp\\_%'
  and n.nspname not like 'pg\\_toast\\_temp\\_%'`;
/** What an extension made belongs to it. */
const own = (oid: string, table: string): string => `not exists (select from pg_catalog.pg_depend e
  where e.classid = 'pg_catalog.${table}'::pg_catalog.regclass and e.objid = ${oid} and e.deptype = 'e')`;
const name = (oid: string): string =>
  `(select x.nspname || '.' || r.relname from pg_catalog.pg_class r
    join pg_catalog.pg_namespace x on x.oid = r.relnamespace where r.oid = ${oid})`;
const columnsOf = (relation: string, numbers: string): string =>
  `array(select a.attname::text from pg_catalog.unnest(${numbers}) with ordinality nr(attnum, nth)
     left join pg_catalog.pg_attribute a on a.attrelid = ${relation} and a.attnum = nr.attnum and nr.attnum > 0
     order by nr.nth)`;
/** The columns and functions inside a stored expression, by the text of its tree. */
const numbersIn = (tree: string, field: string): string =>
  `array(select distinct m[1]::int from pg_catalog.regexp_matches(${tree}::text, ':${field} (\\d+)', 'g') m)`;

export const RELATIONS = `
  select c.oid, n.nspname as schema, c.relname as name, c.relkind::text as kind, c.relpersistence::text as persistence,
    c.relrowsecurity as "rowSecurity", coalesce(c.reloptions, '{}') as options, t.spcname as tablespace,
    p.partstrat::text as strategy, ${columnsOf('c.oid', 'p.partattrs::int2[]')} as "partitionColumns",
    case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end as bound,
    array(select ${name('i.inhparent')} from pg_catalog.pg_inherits i where i.inhrelid = c.oid order by i.inhseqno)
      as parents,
    array(select r.rulename::text from pg_catalog.pg_rewrite r where r.ev_class = c.oid and r.rulename <> '_RETURN')
      as rules,
    (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', s.stxname,
        'columns', ${columnsOf('c.oid', 's.stxkeys::int2[]')})), '[]') from pg_catalog.pg_statistic_ext s
      where s.stxrelid = c.oid) as statistics,
    array(select s.polname::text from pg_catalog.pg_policy s where s.polrelid = c.oid) as policies,
    (select x.nspname || '.' || y.typname from pg_catalog.pg_type y
      join pg_catalog.pg_namespace x on x.oid = y.typnamespace where y.oid = c.reloftype) as "ofType",
    (select ${name('d.refobjid')} || '.' || a.attname from pg_catalog.pg_depend d
      join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where c.relkind = 'S' and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
        and d.deptype in ('a', 'i') limit 1) as "ownedBy",
    exists (select from pg_catalog.pg_depend d where c.relkind = 'S' and d.deptype = 'i' and d.objid = c.oid
      and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass) as "ofIdentity"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_tablespace t on t.oid = c.reltablespace
  left join pg_catalog.pg_partitioned_table p on p.partrelid = c.oid
  where c.relkind in ('r', 'p', 'f', 'm', 'v', 'S') and ${USERS} and ${own('c.oid', 'pg_class')}`;

export const COLUMNS = `
  select a.attrelid as relation, a.attname as name, a.attnotnull as "notNull", a.attidentity::text as identity,
    a.attgenerated::text as generated, a.attislocal as "local", pg_catalog.format_type(a.atttypid, a.atttypmod) as written,
    b.typname as type, bn.nspname as "typeSchema", t.oid <> b.oid as "array",
    case when a.attcollation not in (0, b.typcollation) then l.collname end as collation,
    pg_catalog.pg_get_expr(f.adbin, f.adrelid) as "default",
    (select pg_catalog.max(case v.provolatile when 'i' then 1 when 's' then 2 else 3 end)
      from pg_catalog.pg_proc v where v.oid::int8 = any (${numbersIn('f.adbin', '(?:op)?funcid')})) as volatility,
    f.adbin::text ~ 'SQLVALUEFUNCTION' as stable, f.adbin::text ~ 'NEXTVALUEEXPR' as volatile,
    ${columnsOf('a.attrelid', numbersIn('f.adbin', 'varattno'))} as "reads",
    (select ${name('q.oid')} from pg_catalog.pg_depend s join pg_catalog.pg_class q on q.oid = s.refobjid
      where s.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and s.objid = f.oid
        and s.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and q.relkind = 'S' limit 1)
      as sequence
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'f', 'm', 'v')
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace and ${USERS}
  join pg_catalog.pg_type t on t.oid = a.atttypid
  join pg_catalog.pg_type b on b.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem else t.oid end
  join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
  left join pg_catalog.pg_collation l on l.oid = a.attcollation
  left join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum`;

/**
 * 18 also lists NOT NULL here; an older server keeps it on the column alone. What a foreign key to a partitioned table
 * has for each of its partitions stands for nothing that a statement can name.
 */
export const CONSTRAINTS = `
  select k.conrelid as relation, k.conname as name, k.contype::text as type, k.convalidated as valid,
    coalesce((pg_catalog.to_jsonb(k) ->> 'conenforced')::bool, true) as enforced, k.condeferrable as deferrable,
    k.connoinherit as "noInherit", k.conislocal as "local", ${columnsOf('k.conrelid', 'k.conkey')} as columns,
    case when k.contype = 'f' then ${name('k.confrelid')} end as target,
    ${columnsOf('k.confrelid', 'k.confkey')} as "targetColumns", k.confdeltype::text as "onDelete",
    k.confupdtype::text as "onUpdate",
    case when k.contype = 'c' then pg_catalog.pg_get_constraintdef(k.oid) end as definition
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class c on c.oid = k.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where k.contype in ('c', 'f', 'p', 'u', 'x', 'n') and ${USERS}
    and not exists (select from pg_catalog.pg_constraint o where o.oid = k.conparentid and o.conrelid = k.conrelid)
  order by k.conrelid, k.conname`;

export const INDEXES = `
  select i.indrelid as relation, c.relname as name, i.indisunique as "unique", i.indisvalid as valid, m.amname as method,
    i.indpred is not null as partial, k.conname as "constraint",
    (select ${name('h.inhparent')} from pg_catalog.pg_inherits h where h.inhrelid = i.indexrelid limit 1) as parent,
    array(select a.attname::text from pg_catalog.pg_attribute a where a.attrelid = i.indexrelid order by a.attnum) as names,
    ${columnsOf('i.indrelid', '(i.indkey::int2[])[0:i.indnkeyatts - 1]')} as columns,
    ${columnsOf('i.indrelid', `(i.indkey::int2[])[i.indnkeyatts:]::int4[] || ${numbersIn("(coalesce(i.indexprs::text, '') || coalesce(i.indpred::text, ''))", 'varattno')}`)}
      as reads
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid join pg_catalog.pg_am m on m.oid = c.relam
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
  where ${USERS} order by i.indrelid, i.indexrelid`;

/** A partition's copies of its parent's triggers come and go with those. */
export const TRIGGERS = `
  select t.tgrelid as relation, t.tgname as name, n.nspname || '.' || f.proname as function, t.tgtype as bits,
    t.tgconstraint <> 0 as "constraint", t.tgenabled <> 'D' as enabled,
    ${columnsOf('t.tgrelid', 't.tgattr::int2[]')} as reads
  from pg_catalog.pg_trigger t join pg_catalog.pg_proc f on f.oid = t.tgfoid
  join pg_catalog.pg_namespace n on n.oid = f.pronamespace
  where not t.tgisinternal and t.tgparentid = 0 order by t.tgrelid, t.tgname`;

/** What the query of a view reads. */
export const READS = `
  select r.ev_class as relation, ${name('d.refobjid')} as target,
    array_agg(a.attname::text order by a.attnum) filter (where a.attname is not null) as columns
  from pg_catalog.pg_rewrite r
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = r.oid
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> r.ev_class
  join pg_catalog.pg_class c on c.oid = d.refobjid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and a.attnum > 0
  where ${USERS} and r.rulename = '_RETURN' group by r.ev_class, d.refobjid`;

export const TYPES = `
  select n.nspname as schema, t.typname as name, t.typtype::text as kind, t.typnotnull as "notNull",
    array(select e.enumlabel::text from pg_catalog.pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as labels,
    array(select k.conname::text from pg_catalog.pg_constraint k where k.contypid = t.oid and k.contype = 'c' order by 1)
      as checks,
    b.typname as base, bn.nspname as "baseSchema", pg_catalog.format_type(t.typbasetype, t.typtypmod) as written
  from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid
  left join pg_catalog.pg_type b on b.oid = t.typbasetype
  left join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
  where (t.typtype in ('e', 'd', 'r') or c.relkind = 'c') and ${USERS} and ${own('t.oid', 'pg_type')}`;

export const ROUTINES = `
  select n.nspname as schema, f.proname as name, f.prokind::text as kind, l.lanname as language,
    f.provolatile::text as volatility, case f.prokind when 'a' then null else f.prosrc end as body,
    (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('schema', bn.nspname, 'name', b.typname,
        'array', b.oid <> t.oid) order by o.nth), '[]')
      from pg_catalog.unnest(f.proargtypes::oid[]) with ordinality o(type, nth)
      join pg_catalog.pg_type t on t.oid = o.type
      join pg_catalog.pg_type b on b.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem else t.oid end
      join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace) as arguments
  from pg_catalog.pg_proc f join pg_catalog.pg_namespace n on n.oid = f.pronamespace
  join pg_catalog.pg_language l on l.oid = f.prolang
  where ${USERS} and ${own('f.oid', 'pg_proc')} order by f.oid`;

export const SCHEMAS = `
  select n.nspname as schema from pg_catalog.pg_namespace n where ${USERS} and ${own('n.oid', 'pg_namespace')}`;
export const EXTENSIONS = `
  select e.extname as extension, n.nspname as schema from pg_catalog.pg_extension e
  join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'`;
