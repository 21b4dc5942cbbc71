// Written by scripts/catalog-data.ts from pg_type, pg_cast and pg_opclass of Postgres 18. Not to be edited.

/** Casts that need no work (pg_cast.castmethod b): `source>target`. */
export const BINARY_CASTS = `
bit>varbit cidr>inet int4>oid int4>regclass int4>regcollation int4>regconfig int4>regdictionary
int4>regnamespace int4>regoper int4>regoperator int4>regproc int4>regprocedure int4>regrole int4>regtype
oid>int4 oid>regclass oid>regcollation oid>regconfig oid>regdictionary oid>regnamespace oid>regoper
oid>regoperator oid>regproc oid>regprocedure oid>regrole oid>regtype pg_dependencies>bytea pg_mcv_list>bytea
pg_ndistinct>bytea pg_node_tree>text regclass>int4 regclass>oid regcollation>int4 regcollation>oid
regconfig>int4 regconfig>oid regdictionary>int4 regdictionary>oid regnamespace>int4 regnamespace>oid
regoper>int4 regoper>oid regoper>regoperator regoperator>int4 regoperator>oid regoperator>regoper
regproc>int4 regproc>oid regproc>regprocedure regprocedure>int4 regprocedure>oid regprocedure>regproc
regrole>int4 regrole>oid regtype>int4 regtype>oid text>bpchar text>varchar varbit>bit varchar>bpchar
varchar>text xml>bpchar xml>text xml>varchar
`;

/** Casts that are made without being written, anywhere. */
export const IMPLICIT_CASTS = `
bit>bit bit>varbit bpchar>bpchar bpchar>name bpchar>text bpchar>varchar char>text cidr>inet date>timestamp
date>timestamptz float4>float8 int2>float4 int2>float8 int2>int4 int2>int8 int2>numeric int2>oid
int2>regclass int2>regcollation int2>regconfig int2>regdictionary int2>regnamespace int2>regoper
int2>regoperator int2>regproc int2>regprocedure int2>regrole int2>regtype int4>float4 int4>float8 int4>int8
int4>numeric int4>oid int4>regclass int4>regcollation int4>regconfig int4>regdictionary int4>regnamespace
int4>regoper int4>regoperator int4>regproc int4>regprocedure int4>regrole int4>regtype int8>float4
int8>float8 int8>numeric int8>oid int8>regclass int8>regcollation int8>regconfig int8>regdictionary
int8>regnamespace int8>regoper int8>regoperator int8>regproc int8>regprocedure int8>regrole int8>regtype
interval>interval macaddr>macaddr8 macaddr8>macaddr name>text numeric>float4 numeric>float8 numeric>numeric
oid>regclass oid>regcollation oid>regconfig oid>regdictionary oid>regnamespace oid>regoper oid>regoperator
oid>regproc oid>regprocedure oid>regrole oid>regtype pg_dependencies>bytea pg_dependencies>text
pg_mcv_list>bytea pg_mcv_list>text pg_ndistinct>bytea pg_ndistinct>text pg_node_tree>text regclass>oid
regcollation>oid regconfig>oid regdictionary>oid regnamespace>oid regoper>oid regoper>regoperator
regoperator>oid regoperator>regoper regproc>oid regproc>regprocedure regprocedure>oid regprocedure>regproc
regrole>oid regtype>oid text>bpchar text>name text>regclass text>varchar time>interval time>time time>timetz
timestamp>timestamp timestamp>timestamptz timestamptz>timestamptz timetz>timetz varbit>bit varbit>varbit
varchar>bpchar varchar>name varchar>regclass varchar>text varchar>varchar
`;

/** Casts that are made without being written only into a column. */
export const ASSIGNMENT_CASTS = `
bool>bpchar bool>text bool>varchar box>polygon bpchar>char char>bpchar char>varchar cidr>bpchar cidr>text
cidr>varchar float4>int2 float4>int4 float4>int8 float4>numeric float8>float4 float8>int2 float8>int4
float8>int8 float8>numeric inet>bpchar inet>cidr inet>text inet>varchar int4>int2 int4>money int8>int2
int8>int4 int8>money interval>time json>jsonb jsonb>json money>numeric name>bpchar name>varchar numeric>int2
numeric>int4 numeric>int8 numeric>money oid>int4 oid>int8 path>polygon point>box polygon>path regclass>int4
regclass>int8 regcollation>int4 regcollation>int8 regconfig>int4 regconfig>int8 regdictionary>int4
regdictionary>int8 regnamespace>int4 regnamespace>int8 regoper>int4 regoper>int8 regoperator>int4
regoperator>int8 regproc>int4 regproc>int8 regprocedure>int4 regprocedure>int8 regrole>int4 regrole>int8
regtype>int4 regtype>int8 text>char timestamp>date timestamp>time timestamptz>date timestamptz>time
timestamptz>timestamp timestamptz>timetz timetz>time varchar>char xml>bpchar xml>text xml>varchar
`;

/** Access methods, and the types that have a default operator class there: `method:type`. */
export const DEFAULT_CLASSES = `
brin:anyrange brin:bit brin:box brin:bpchar brin:bytea brin:char brin:date brin:float4 brin:float8 brin:inet
brin:int2 brin:int4 brin:int8 brin:interval brin:macaddr brin:macaddr8 brin:name brin:numeric brin:oid
brin:pg_lsn brin:text brin:tid brin:time brin:timestamp brin:timestamptz brin:timetz brin:uuid brin:varbit
btree:anyarray btree:anyenum btree:anymultirange btree:anyrange btree:bit btree:bool btree:bpchar btree:bytea
btree:char btree:date btree:float4 btree:float8 btree:inet btree:int2 btree:int4 btree:int8 btree:interval
btree:jsonb btree:macaddr btree:macaddr8 btree:money btree:name btree:numeric btree:oid btree:oidvector
btree:pg_lsn btree:record btree:text btree:tid btree:time btree:timestamp btree:timestamptz btree:timetz
btree:tsquery btree:tsvector btree:uuid btree:varbit btree:xid8 gin:anyarray gin:jsonb gin:tsvector
gist:anymultirange gist:anyrange gist:box gist:circle gist:point gist:polygon gist:tsquery gist:tsvector
hash:aclitem hash:anyarray hash:anyenum hash:anymultirange hash:anyrange hash:bool hash:bpchar hash:bytea
hash:char hash:cid hash:date hash:float4 hash:float8 hash:inet hash:int2 hash:int4 hash:int8 hash:interval
hash:jsonb hash:macaddr hash:macaddr8 hash:name hash:numeric hash:oid hash:oidvector hash:pg_lsn hash:record
hash:text hash:tid hash:time hash:timestamp hash:timestamptz hash:timetz hash:uuid hash:xid hash:xid8
spgist:anyrange spgist:box spgist:inet spgist:point spgist:polygon spgist:text
`;

/** Types of pg_catalog that a column may have, arrays apart. */
export const TYPES = `
aclitem bit bool box bpchar bytea char cid cidr circle date datemultirange daterange float4 float8 gtsvector
inet int2 int4 int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg
macaddr macaddr8 money name numeric nummultirange numrange oid path pg_brin_bloom_summary
pg_brin_minmax_multi_summary pg_dependencies pg_lsn pg_mcv_list pg_ndistinct pg_node_tree pg_snapshot point
polygon refcursor regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc
regprocedure regrole regtype text tid time timestamp timestamptz timetz tsmultirange tsquery tsrange
tstzmultirange tstzrange tsvector txid_snapshot uuid varbit varchar xid xid8 xml
`;

/** Types whose values are never compressed nor moved out of line (pg_type.typstorage p). */
export const PLAIN_TYPES = `
aclitem bool box char cid circle date float4 float8 gtsvector int2 int2vector int4 int8 interval line lseg
macaddr macaddr8 money name oid oidvector pg_lsn point regclass regcollation regconfig regdictionary
regnamespace regoper regoperator regproc regprocedure regrole regtype tid time timestamp timestamptz timetz
tsquery uuid xid xid8
`;
