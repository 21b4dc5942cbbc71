
import{j as l,l as c,s as d}from"./chunk-YDLXEFWQ.js";var m=d({r:"table",p:"partitioned-table",f:"foreign-table",m:"materialized-view",v:"view",S:"sequence",c:"composite-type",i:"index",I:"index"}),p=`
  select c.oid, n.nspname as schema, c.relname as name, c.relkind::pg_catalog.text as kind, c.relfilenode as file,
         i.indrelid as "table"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_index i on i.indexrelid = c.oid
  where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    and c.relpersistence <> 't' and c.relkind in ('r', 'p', 'f', 'm', 'v', 'S', 'c', 'i', 'I')`,g=`
  select l.relation as oid, l.mode
  from pg_catalog.pg_locks l
  join pg_catalog.pg_database d on d.oid = l.database and d.datname = pg_catalog.current_database()
  where l.locktype = 'relation' and l.pid = $1 and (l.granted or $2)
    and l.mode <> 'SIReadLock'`,y="select relid as oid, seq_scan::pg_catalog.int4 as scans from pg_catalog.pg_stat_xact_user_tables",u=`
  select c.relname as name from pg_catalog.pg_class c
  where c.relnamespace = pg_catalog.pg_my_temp_schema() and c.relkind = 'r'`;async function f(e){let{rows:t}=await e.query(p),o=new Map;for(let a of t){let n=m[a.kind];n&&o.set(a.oid,{...a,kind:n})}return o}async function _(e,t,o=!1){let{rows:a}=await e.query(g,[t,o]),n=new Map;for(let{oid:s,mode:r}of a){let i=c(r);n.set(s,l(i,n.get(s)??i))}return n}async function k(e,t){let o=await f(e),a=await _(e,t),{rows:n}=await e.query(y),{rows:s}=await e.query(u);return{relations:o,locks:a,scans:new Map(n.map(({oid:r,scans:i})=>[r,i])),temporary:new Set(s.map(({name:r})=>r))}}export{m as a,f as b,_ as c,k as d};
